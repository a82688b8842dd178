import type { ModelName } from "./models.js";
import type { TaskResult } from "./results.js";

/** Classifiers on the code of a model that is trained already and does not change: Fig. 6A (Baseline) and 6D. */
export interface FrozenResult {
  /** Whose code they learn from. */
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  /** Name of the classifiers' run; null where it was not begun. */
  readonly run: string | null;
  readonly status: "finished" | "interrupted" | "waiting" | "failed";
  readonly reason: string | null;
  readonly tasks: readonly TaskResult[];
}
