export { decodeCodes, sampleMarginal } from "./decode.js";
export { type Encoding, encodeTable, featuresOf, reconstructTable } from "./encode.js";
export { type EncodeOptions, encodeRun } from "./encode-run.js";
export { type AutoencoderEvaluation, type Evaluation, evaluateTable } from "./evaluate.js";
export { evaluateRun } from "./evaluate-run.js";
export { type Experiment, prepareExperiment, requireAutoencoder } from "./experiment.js";
export { exportParts } from "./export.js";
export { type InitialWeights, readInitialWeights } from "./initial-weights.js";
export {
  type LoopListener,
  type LoopSettings,
  TrainingFailure,
  type TrainingLine,
  trainLoop,
} from "./loop.js";
export { modelData } from "./model-data.js";
export { type LayerAbout, layersAbout, recordLayers } from "./record-layers.js";
export { planTraining, progressOf, type TrainingPlan } from "./schedule.js";
export { atSnapshot, type Snapshot, snapshotsOf } from "./snapshots.js";
export type { TrainedModel } from "./state.js";
export { freshState, type TrainingState } from "./state.js";
export { loadRunOfAnyKind, loadTrainedRun, type TrainedRun } from "./trained-run.js";
export { Trainer, type TrainerSettings } from "./trainer.js";
export { type TrainingOutcome, trainInRun } from "./training-run.js";
