export { latestCheckpoint, listCheckpoints, readCheckpoint, writeCheckpoint } from "./checkpoints.js";
export { type RunLayout, runLayout } from "./layout.js";
export type { Manifest, NewManifest } from "./manifest-text.js";
export { type Metrics, type MetricsFile, readMetrics } from "./metrics.js";
export {
  closeRun,
  createRun,
  createRunNamedAfter,
  listRuns,
  openRun,
  openRunForWriting,
  type Run,
  type RunListing,
  writerOf,
} from "./run.js";
export {
  type RunHistory,
  type RunSummary,
  type SummarizedListing,
  summarizeRun,
  summarizeRuns,
  type ValidationLine,
} from "./summary.js";
