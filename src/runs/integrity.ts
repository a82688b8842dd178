import { join, relative } from "node:path";
import { writeFileAtomic } from "../files/atomic.js";
import type { Checkpoint } from "./checkpoint-bytes.js";
import type { Integrity, Manifest } from "./manifest-text.js";
import { addToSum, type MetricsSum, NOTHING, recipeSum, type Seal, type Sum, sealIn } from "./sums.js";

/** Gathers the sums of what is written in a run's folder, for its checkpoints and its manifest. */
export interface RunSums {
  /** What the manifest says until the first checkpoint is written. */
  readonly begun: Integrity | undefined;
  /** What a checkpoint says, once the metrics up to its step are written. */
  seal(metrics: MetricsSum): Seal;
  /** A file directly in the run's folder was written, or has grown. */
  note(path: string, sum: Sum): void;
  /** Writes files of these names into the run's folder, once it is at its end. */
  writeFiles(files: Readonly<Record<string, Uint8Array>>): void;
  noteSnapshot(step: number): void;
  /** What the manifest says once the checkpoint of that step is written. */
  at(step: number, metrics: MetricsSum): Integrity;
}

/**
 * Begins at a checkpoint, or from the start if there is none: what comes later is written again. The models are written at the end
 * only; TensorBoard files of earlier processes stay as they are.
 */
export function runSums(
  runPath: string,
  { configuration, integrity }: Pick<Manifest, "configuration" | "integrity">,
  checkpoint: Checkpoint | undefined,
): RunSums {
  const recipe = recipeSum(configuration);
  const isKept = (name: string) => !name.endsWith(".onnx");
  const files = new Map(Object.entries(integrity?.files ?? {}).filter(([name]) => isKept(name)));
  const step = checkpoint?.step ?? 0;
  const snapshots = new Set(integrity?.snapshots.filter((taken) => taken <= step));
  const at = (reached: number, metrics: MetricsSum): Integrity => ({
    step: reached,
    metrics,
    complete: false,
    snapshots: [...snapshots].sort((a, b) => a - b),
    files: Object.fromEntries(files),
  });
  const note: RunSums["note"] = (path, sum) => void files.set(relative(runPath, path), sum);
  const seal = checkpoint && sealIn(checkpoint);
  return {
    begun: seal && at(step, seal.metrics),
    seal: (metrics) => ({ metrics, recipe }),
    note,
    writeFiles(written) {
      for (const [name, bytes] of Object.entries(written)) {
        const path = join(runPath, name);
        writeFileAtomic(path, bytes);
        note(path, addToSum(NOTHING, bytes));
      }
    },
    noteSnapshot: (taken) => void snapshots.add(taken),
    at,
  };
}
