export { aboutRun } from "./about-run.js";
export { decodeCodes, sampleMarginal } from "./decode.js";
export { type Encoding, encodeTable, featuresOf, reconstructTable } from "./encode.js";
export {
  ENCODED_AS,
  ENCODED_ROWS,
  type EncodedAs,
  type EncodedRows,
  type EncodeOptions,
  encodeRun,
} from "./encode-run.js";
export {
  type AutoencoderEvaluation,
  type Evaluation,
  type EvaluationOf,
  type EvaluationSizes,
  evaluateTable,
} from "./evaluate.js";
export { evaluateRun } from "./evaluate-run.js";
export { type DataLoader, type Experiment, prepareExperiment, requireAutoencoder } from "./experiment.js";
export { type ExportOptions, exportParts } from "./export.js";
export { type InitialWeights, readInitialWeights } from "./initial-weights.js";
export type { PlannedLength } from "./length.js";
export {
  type LoopListener,
  type LoopSettings,
  TrainingFailure,
  type TrainingLine,
  trainLoop,
} from "./loop.js";
export type { BatchMetrics, MetricSums } from "./metric-sums.js";
export { modelData } from "./model-data.js";
export { type LayerAbout, layersAbout, recordLayers } from "./record-layers.js";
export { planTraining, progressOf, type TrainingLength, type TrainingPlan } from "./schedule.js";
export { atSnapshot, type Snapshot, snapshotsOf } from "./snapshots.js";
export type { TrainedModel } from "./state.js";
export { freshState, type TrainingState } from "./state.js";
export { loadRunOfAnyKind, loadTrainedRun, type OpenOptions, type TrainedRun } from "./trained-run.js";
export { Trainer, type TrainerSettings } from "./trainer.js";
export { type TrainingOutcome, trainInRun } from "./training-run.js";
