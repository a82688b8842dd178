export type { LockOwner } from "../files/lock.js";
export type { Checkpoint, CheckpointContent } from "./checkpoint-bytes.js";
export {
  type LatestCheckpoint,
  latestCheckpoint,
  listCheckpoints,
  readCheckpoint,
  writeCheckpoint,
} from "./checkpoints.js";
export type { HeadMetrics, HeadScores } from "./head-metrics.js";
export { type RunLayout, runLayout } from "./layout.js";
export type { Manifest, NewManifest } from "./manifest-text.js";
export { type ExpectedMetrics, type Metrics, type MetricsFile, readMetrics } from "./metrics.js";
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
  type SummarizedRun,
  summarizeRun,
  summarizeRuns,
  type ValidationLine,
} from "./summary.js";
export type { MetricsSum } from "./sums.js";
