/**
 * The public library for Node. Each line is a room of the house; `narrows/web` is what of it runs in a browser.
 */

/** Codes of runs of any data: analyse runs, then draw ANALYSIS_FIGURES or the page of {@link analysisReport}. */
export {
  type Analysis,
  type AnalysisChoice,
  analyseRuns,
  type PublishedLookup,
} from "./analysis/analysis.js";
export { distortionOfRun, type RunDistortion } from "./analysis/distortion-of-run.js";
export { ANALYSIS_FIGURES } from "./analysis/figures.js";
export { analysisReport } from "./analysis/report.js";
export { compareConfigurations, type Difference, showDifference } from "./configuration/compare.js";
export { type LoadedConfiguration, loadConfiguration, overrideConfiguration } from "./configuration/load.js";
export { PRESET_NAMES, type PresetName } from "./configuration/presets.js";
export { type Configuration, configurationSchema } from "./configuration/schema.js";
export * from "./data/index.js";
export * from "./disentanglement/index.js";
/**
 * Exact neighbours and ranks of many points, their intrinsic dimension and information imbalance, on a device; those of `geometry`
 * are the same for few.
 */
export * as distances from "./distances/index.js";
export { UserError } from "./errors.js";
export { loadParts } from "./extension/load.js";
export * from "./features/index.js";
export * from "./figures/index.js";
export {
  type AnimationOptions,
  renderAnimation,
  renderFigure,
  writeAnimation,
  writeFigure,
} from "./figures/render/index.js";
export * from "./geometry/index.js";
// The measures keep their plain names; the figures of the same name are FIGURES["distortion-matrix"] and so on.
export { distortionMatrix, tuningCurves } from "./geometry/index.js";
export {
  type ImportedModel,
  type LightningFile,
  placeInExperiment,
  readLightningFile,
  writeImportedRun,
} from "./import/import-run.js";
export * from "./information/index.js";
export * as layerGeometry from "./layer-geometry/index.js";
export * from "./model/index.js";
export * from "./nn/index.js";
export type { NumericArray, NumericData } from "./numeric-array.js";
export {
  type CompiledProgram,
  type CompileOptions,
  compileProgram,
  type ProgramOutputs,
} from "./onnx/compile.js";
export { DEVICE_NAMES, type Device, type DeviceName } from "./onnx/devices.js";
export { nodeDevice } from "./onnx/node.js";
export type { Buffers, Session } from "./onnx/session.js";
export type { OwnPart } from "./own-part.js";
/** The papers that are reproduced, each a room of its own. */
export * as echoNoise from "./papers/echo-noise/index.js";
export * as geometryOfEfficientCodes from "./papers/geometry-of-efficient-codes/index.js";
export * as intrinsicDimension from "./papers/intrinsic-dimension/index.js";
export {
  executePlan,
  type PlanEntry,
  type PlanListener,
  type PlanOptions,
  type PlanOutcome,
  surveyPlan,
} from "./plans/execute.js";
export { type Plan, type PlannedRun, plannedSteps } from "./plans/plan.js";
export * from "./quality/index.js";
export { PhiloxStream } from "./random/stream.js";
export * from "./report/index.js";
export * from "./run-figures/index.js";
export * from "./runs/index.js";
/** Many trainings over a grid of settings, and what they came to. */
export { type GridAxis, type GridValue, parseGridAxis } from "./sweeps/grid.js";
export {
  groupIntoMethods,
  type MeasuredRun,
  type Method,
  type MethodPoint,
  measureRuns,
} from "./sweeps/methods.js";
export { checkSweep, planSweep, type SweepChoice, type SweptRun } from "./sweeps/plan.js";
export { type RunTrade, tradeOf } from "./sweeps/trade.js";
export * from "./tensor/index.js";
export type { LightningModel } from "./torch/lightning.js";
export type { LightningHead } from "./torch/lightning-heads.js";
export type { HeadLeftOut } from "./torch/place-heads.js";
export { readTorchCheckpoint, type TorchCheckpoint } from "./torch/torch-checkpoint.js";
export * from "./training/index.js";
