/**
 * The public library for Node: everything but what belongs to a browser alone. Each line is a room of the house, and most are
 * also there by themselves (`narrows/geometry`, `narrows/figures` ...), for who wants to load less.
 */
export * from "./data/index.js";
export * from "./disentanglement/index.js";
/**
 * Exact neighbours and ranks of many points, their intrinsic dimension and information imbalance, on a device; those of `geometry`
 * are the same for few.
 */
export * as distances from "./distances/index.js";
export { type Problem, UserError } from "./errors.js";
export * from "./geometry/index.js";
// The measures keep their plain names; the figures of the same name are FIGURES["distortion-matrix"] and so on.
export { distortionMatrix, tuningCurves } from "./geometry/index.js";
export * from "./information/index.js";
export * as layerGeometry from "./layer-geometry/index.js";
export * from "./library/figures.js";
export * from "./library/model.js";
export * from "./library/papers.js";
export * from "./library/runs.js";
export * from "./library/tensor.js";
export * from "./library/training.js";
export type { NumericArray, NumericData } from "./numeric-array.js";
export * from "./quality/index.js";
