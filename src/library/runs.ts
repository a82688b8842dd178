/** Runs: their folders, plans and sweeps of many, imported ones, and what is drawn of them with or without labels. */

/** Codes of runs of any data: analyse runs, then draw ANALYSIS_FIGURES or the page of {@link analysisReport}. */
export {
  type AnalysedRun,
  type Analysis,
  type AnalysisChoice,
  analyseRuns,
  type PublishedError,
  type PublishedLookup,
} from "../analysis/analysis.js";
export type { CodeMap } from "../analysis/code-map.js";
export { type ComparisonChoice, distortionOfRun, type RunDistortion } from "../analysis/distortion-of-run.js";
export { ANALYSIS_FIGURES } from "../analysis/figures.js";
export type { Axis as GroupAxis, Groups } from "../analysis/groups.js";
export type { DataLabel, LabelKind } from "../analysis/labels.js";
export { analysisReport, type ReportWords } from "../analysis/report.js";
export type { ProcessIdentity } from "../files/process-identity.js";
export {
  type ImportedModel,
  type LightningFile,
  placeInExperiment,
  readLightningFile,
  writeImportedRun,
} from "../import/import-run.js";
export {
  executePlan,
  type PlanEntry,
  type PlanListener,
  type PlanOptions,
  type PlanOutcome,
  surveyPlan,
} from "../plans/execute.js";
export type { RunBegin, RunPosition, RunProgress, WorkerEnd } from "../plans/messages.js";
export { type Plan, type PlannedRun, plannedSteps } from "../plans/plan.js";
export * from "../run-figures/index.js";
export * from "../runs/index.js";
/** Many trainings over a grid of settings, and what they came to. */
export { type GridAxis, type GridValue, parseGridAxis } from "../sweeps/grid.js";
export {
  groupIntoMethods,
  type MeasuredRun,
  type Method,
  type MethodPoint,
  measureRuns,
} from "../sweeps/methods.js";
export { checkSweep, planSweep, type SweepChoice, type SweptRun } from "../sweeps/plan.js";
export { type RunTrade, tradeOf } from "../sweeps/trade.js";
export type { ConvolutionalSettings, LightningModel } from "../torch/lightning.js";
export type { LightningClassifier } from "../torch/lightning-classifier.js";
export type { HeadNetwork, LightningHead } from "../torch/lightning-heads.js";
export type { HeadLeftOut } from "../torch/place-heads.js";
export {
  type PlainValue,
  readTorchCheckpoint,
  type TorchCheckpoint,
  type TorchCheckpointOptions,
} from "../torch/torch-checkpoint.js";
