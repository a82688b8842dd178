/**
 * `narrows/measures`: everything that is computed from plain arrays, for any page of the web: geometry, information, disentanglement and quality of
 * codes, rules for labels, and specifications of figures. No model, no engine, no file; nothing of Node.
 */
export * from "./data/label-rules/index.js";
export * from "./disentanglement/index.js";
export { UserError } from "./errors.js";
export * from "./figures/index.js";
export * from "./geometry/index.js";
// The measures keep their plain names; the figures of the same name are FIGURES["distortion-matrix"] and so on.
export { distortionMatrix, tuningCurves } from "./geometry/index.js";
export * from "./information/index.js";
export type { NumericArray, NumericData } from "./numeric-array.js";
export * from "./quality/index.js";
