import { mean, spread, studentInterval } from "../../statistics.js";
import { requireFinite } from "../figure.js";

/**
 * What a bar shows around a mean over seeds: the 95 % interval of the mean (Student's t over the runs), and only where a
 * figure says so the range from the minimum to the maximum, or one standard deviation of the seeds on either side.
 */
export type IntervalKind = "confidence" | "range" | "deviation";

const CONFIDENCE = 0.95;

const NAMES: Readonly<Record<IntervalKind, string>> = {
  confidence: "95 % interval",
  range: "minimum to maximum",
  deviation: "one standard deviation",
};

export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Mean over seeds with its interval, which is empty for a single seed.
 * @throws UserError naming `where` when there is no value, or one that is not finite.
 */
export function meanInterval(
  values: readonly number[],
  kind: IntervalKind = "confidence",
  where: string,
): MeanInterval {
  requireFinite(values, where);
  const [centre, deviation] = [mean(values), spread(values)];
  if (deviation === null) return { mean: centre, low: centre, high: centre };
  const [low, high] =
    kind === "range"
      ? [Math.min(...values), Math.max(...values)]
      : kind === "deviation"
        ? [centre - deviation, centre + deviation]
        : studentInterval(values, CONFIDENCE)!;
  return { mean: centre, low, high };
}

/** What the bars of some rows mean: `bars: 95 % interval over 3 seeds`; empty where no row has several seeds. */
export function barsText(
  rows: readonly { readonly seeds: number | "" }[],
  kind: IntervalKind = "confidence",
): string {
  const seeds = rows.map((row) => Number(row.seeds)).filter((count) => count > 1);
  if (seeds.length === 0) return "";
  const [fewest, maximum] = [Math.min(...seeds), Math.max(...seeds)];
  return `bars: ${NAMES[kind]} over ${fewest === maximum ? "" : `${fewest} to `}${maximum} seeds`;
}
