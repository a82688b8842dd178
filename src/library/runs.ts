/** Runs: their folders, plans and sweeps of many, imported ones, and what is drawn of them with or without labels. */

/** Codes of runs of any data: analyse runs, then draw ANALYSIS_FIGURES or the page of {@link analysisReport}. */
export {
  type Analysis,
  type AnalysisChoice,
  analyseRuns,
  type PublishedLookup,
} from "../analysis/analysis.js";
export { distortionOfRun, type RunDistortion } from "../analysis/distortion-of-run.js";
export { ANALYSIS_FIGURES } from "../analysis/figures.js";
export { analysisReport } from "../analysis/report.js";
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
export type { LightningModel } from "../torch/lightning.js";
export type { LightningHead } from "../torch/lightning-heads.js";
export type { HeadLeftOut } from "../torch/place-heads.js";
export { readTorchCheckpoint, type TorchCheckpoint } from "../torch/torch-checkpoint.js";
