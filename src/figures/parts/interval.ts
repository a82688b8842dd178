import { mean, spread, studentInterval } from "../../statistics.js";
import { requireFinite } from "../figure.js";

/** What is drawn around a mean over seeds: Student's 95 % interval of the mean, or one standard deviation of the seeds. */
export type IntervalKind = "confidence" | "deviation";

export const INTERVAL_NAMES: Readonly<Record<IntervalKind, string>> = {
  confidence: "95 % t-intervals of the mean",
  deviation: "one standard deviation of the seeds on either side",
};

const CONFIDENCE = 0.95;

export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean over seeds with its interval, which is empty for a single seed.
 * @throws UserError naming `where` when there is no value, or one that is not finite.
 */
export function meanInterval(values: readonly number[], kind: IntervalKind, where: string): MeanInterval {
  requireFinite(values, where);
  const centre = mean(values);
  const deviation = spread(values);
  if (deviation === null) return { mean: centre, low: centre, high: centre };
  const [low, high] =
    kind === "deviation" ? [centre - deviation, centre + deviation] : studentInterval(values, CONFIDENCE)!;
  return { mean: centre, low, high };
}
