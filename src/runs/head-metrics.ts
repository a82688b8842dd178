import type { ClassScores } from "../model/heads/scores.js";
import type { Metrics } from "./metrics.js";

/** How well each head did, by its name; null where a number was not finite. */
export interface HeadMetrics {
  /** Mean loss in nats, before factor and weight (rules L5 to L7). */
  readonly headLosses: Readonly<Record<string, number | null>>;
  /** Accuracy, F1, and F1 by batches (rules C1 to C3). */
  readonly tasks: Readonly<Record<string, HeadScores>>;
}

/**
 * Accuracy, F1, and F1 by batches of a head, from 0 to 1 (rules C1 to C3); null where a number was not
 * finite.
 */
export type HeadScores = Readonly<Record<keyof ClassScores, number | null>>;

/** What a line of a metrics file, whose names are flat (`tasks.E2M1.f1`), says of the heads. */
export function headMetrics(line: Metrics): HeadMetrics {
  const number = (name: string) => {
    const value = line[name];
    return typeof value === "number" ? value : null;
  };
  const scoresOf = (head: string): HeadScores => ({
    accuracy: number(`tasks.${head}.accuracy`),
    f1: number(`tasks.${head}.f1`),
    f1BatchMean: number(`tasks.${head}.f1BatchMean`),
  });
  const heads = Object.keys(line).flatMap((name) => /^headLosses\.(.+)$/.exec(name)?.[1] ?? []);
  const scored = Object.keys(line).flatMap((name) => /^tasks\.(.+)\.accuracy$/.exec(name)?.[1] ?? []);
  return {
    headLosses: Object.fromEntries(heads.map((head) => [head, number(`headLosses.${head}`)])),
    tasks: Object.fromEntries(scored.map((head) => [head, scoresOf(head)])),
  };
}
