import { interpolated } from "../../statistics.js";
import type { LocalDimension } from "./local-dimension.js";

/** One dimension out of many, and how far each of these moves it. */
export interface Aggregate {
  readonly value: number;
  readonly influences: readonly number[];
}

/** How the dimensions around single points become one (rule N10), and the fewest neighbours nearer than the k-th that this takes. */
export const AGGREGATIONS = {
  original: {
    minNeighbours: 1,
    of: (local: readonly LocalDimension[]) => mean(local.map(({ inverse }) => 1 / inverse)),
  },
  "inverse-mean": {
    minNeighbours: 1,
    of: (local: readonly LocalDimension[]) => {
      const { value, influences } = mean(local.map(({ inverse }) => inverse));
      return { value: 1 / value, influences: influences.map((influence) => -influence / value ** 2) };
    },
  },
  unbiased: {
    minNeighbours: 2,
    of: (local: readonly LocalDimension[]) =>
      mean(local.map(({ inverse, nearer }) => (nearer - 1) / (nearer * inverse))),
  },
  median: {
    minNeighbours: 1,
    of: (local: readonly LocalDimension[]) => median(local.map(({ inverse }) => 1 / inverse)),
  },
} as const;

/** How local dimensions become one (rule N10): `original`, their mean; `inverse-mean`, `unbiased` or `median`. */
export type LevinaBickelAggregation = keyof typeof AGGREGATIONS;

export const LEVINA_BICKEL_AGGREGATIONS = Object.keys(AGGREGATIONS) as LevinaBickelAggregation[];

function mean(values: readonly number[]): Aggregate {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  // The divisor makes the sum of squares the squared standard error of the mean.
  const divisor = Math.sqrt(values.length * (values.length - 1));
  return { value, influences: values.map((x) => (x - value) / divisor) };
}

/**
 * The standard error of a median is half the distance of the order statistics that lie sqrt(n) / 2, a standard deviation of the count below
 * the median, to its left and right; every value moves it by as much, up or down.
 */
function median(values: readonly number[]): Aggregate {
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  const reach = Math.sqrt(sorted.length) / 2;
  const value = interpolated(sorted, middle);
  const error = (interpolated(sorted, middle + reach) - interpolated(sorted, middle - reach)) / 2;
  const step = error / Math.sqrt(values.length);
  // An infinite step times the 0 of the median itself would be NaN.
  return { value, influences: values.map((x) => (x === value ? 0 : x > value ? step : -step)) };
}
