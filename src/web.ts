/**
 * Narrows in a browser, nothing of which needs Node: programs and models, training them on wasm or WebGPU, data that are drawn, and
 * measures of plain arrays. It needs the package onnxruntime-web (`npm i onnxruntime-web`).
 */
export { type Batches, fillBatch, orderedBatches, shuffledBatches } from "./data/batches.js";
export { binarizeStatic } from "./data/binarize.js";
export { type CorridorsOptions, generateCorridors } from "./data/corridors.js";
export type { CellFrequencies } from "./data/corridors-bias.js";
export {
  type Causes,
  type Dataset,
  type ImageTable,
  type RowOrder,
  type RowRange,
  type Split,
  valuesPerImage,
} from "./data/dataset.js";
export type { RowChoice } from "./data/dsprites/choose-rows.js";
export { SPRITE_FACTORS, type SpriteFactor } from "./data/dsprites/grid.js";
export * from "./data/label-rules/index.js";
export { defaultSplit, selectRows, sliceDataset } from "./data/split.js";
export { generateSprites, SPRITES_DEFAULTS, type SpritesOptions } from "./data/sprites/generate.js";
export * from "./disentanglement/index.js";
/** Neighbours and ranks of many points on a device; those of `geometry` are the same for few. */
export * as distances from "./distances/index.js";
export { type Problem, UserError } from "./errors.js";
export * from "./figures/index.js";
export * from "./geometry/index.js";
// The measures keep their plain names; the figures of the same name are FIGURES["distortion-matrix"] and so on.
export { distortionMatrix, tuningCurves } from "./geometry/index.js";
export * from "./information/index.js";
export * from "./library/model.js";
export * from "./library/tensor.js";
export type { NumericArray, NumericData } from "./numeric-array.js";
export { type WebOptions, webDevice } from "./onnx/web.js";
export * from "./quality/index.js";
export { decodeCodes, sampleMarginal } from "./training/decode.js";
export { type Encoding, encodeTable, featuresOf, reconstructTable } from "./training/encode.js";
export {
  type AutoencoderEvaluation,
  type Evaluation,
  type EvaluationSizes,
  evaluateTable,
} from "./training/evaluate.js";
export {
  type LoopListener,
  type LoopSettings,
  TrainingFailure,
  type TrainingLine,
  trainLoop,
} from "./training/loop.js";
export type { BatchMetrics, MetricSums } from "./training/metric-sums.js";
export { modelData } from "./training/model-data.js";
export { planTraining, progressOf, type TrainingLength, type TrainingPlan } from "./training/schedule.js";
export { freshState, type TrainedModel, type TrainingState } from "./training/state.js";
export { Trainer, type TrainerSettings } from "./training/trainer.js";
