import { join } from "node:path";

/** The files of a run's folder. */
export interface RunLayout {
  readonly manifest: string;
  readonly metrics: string;
  /** Folder of {@link file://./checkpoints.ts}. */
  readonly checkpoints: string;
  /** Folder of checkpoints that hold parameters alone, kept for measures that follow training. */
  readonly snapshots: string;
  readonly encoder: string;
  readonly decoder: string;
  /** Folder of one ONNX model a head. */
  readonly heads: string;
  /** Names the process that writes here; absent when none does. */
  readonly lock: string;
}

/** Where the files of the run in folder `runPath` lie. */
export function runLayout(runPath: string): RunLayout {
  return {
    manifest: join(runPath, "manifest.json"),
    metrics: join(runPath, "metrics.jsonl"),
    checkpoints: join(runPath, "checkpoints"),
    snapshots: join(runPath, "snapshots"),
    encoder: join(runPath, "encoder.onnx"),
    decoder: join(runPath, "decoder.onnx"),
    heads: join(runPath, "heads"),
    lock: join(runPath, "lock.json"),
  };
}

/** Beside the runs: codes that were written on the way to a training. */
export const CODES_FOLDER = "codes";
