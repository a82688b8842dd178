import { andersonDarling, type KernelDensity, StreamingDensity } from "../../../information/index.js";
import { columnMeans, type NumericArray } from "../../../numeric-array.js";
import { PhiloxStream } from "../../../random/stream.js";
import { holm } from "../../../statistics.js";

/** Dimensions that Figure 6 shows: nine of the highest rate, three of the lowest but one, and the lowest. */
const HIGHEST = 9;
const LOWEST = 4;
/** Codes that normality is tested with, one an image. */
const TESTED = 1000;
/** Normality counts as rejected below this, adjusted for all dimensions that are tested. */
const LEVEL = 0.05;

/** What the test of normality says of a dimension (rule I4). */
export interface MarginalTest {
  readonly dimension: number;
  /** Mean over images. */
  readonly rateNats: number;
  readonly statistic: number;
  /** Adjusted by Holm for the dimensions tested together. */
  readonly pValue: number;
  readonly rejected: boolean;
}

/**
 * Dimensions by falling mean rate: nine from the top and four from the bottom, or all where there are no
 * more.
 */
export function shownDimensions(dimensionRateNats: NumericArray): { dimension: number; rateNats: number }[] {
  const means = columnMeans(dimensionRateNats);
  const order = [...means.keys()].sort((a, b) => means[b]! - means[a]! || a - b);
  const shown =
    order.length <= HIGHEST + LOWEST ? order : [...order.slice(0, HIGHEST), ...order.slice(-LOWEST)];
  return shown.map((dimension) => ({ dimension, rateNats: means[dimension]! }));
}

/**
 * Tests whether the code of all images together is normal in the dimensions that Figure 6 shows.
 * @param code a sample an image [N, D], of which at most 1,000 are used.
 */
export function testMarginals(code: NumericArray, dimensionRateNats: NumericArray): MarginalTest[] {
  const [count = 0] = code.shape;
  const rows = new PhiloxStream(0, "normality").permutation(count).subarray(0, TESTED);
  const tests = shownDimensions(dimensionRateNats).map((shown) => ({
    ...shown,
    ...andersonDarling(column(code, shown.dimension, rows), `code, dimension ${shown.dimension}`),
  }));
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  return tests.map(({ dimension, rateNats, adjustedStatistic }, k) => ({
    dimension,
    rateNats,
    statistic: adjustedStatistic,
    pValue: adjusted[k]!,
    rejected: adjusted[k]! < LEVEL,
  }));
}

/** The density of a dimension over several samples of the code of all images, each [N, D] (rule I3). */
export function marginalDensity(codes: readonly NumericArray[], dimension: number): KernelDensity {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { shape, data } of codes) {
    for (let k = dimension; k < data.length; k += shape[1]!) {
      low = Math.min(low, data[k]!);
      high = Math.max(high, data[k]!);
    }
  }
  const density = new StreamingDensity([low, high]);
  for (const { shape, data } of codes) density.add(data, dimension, shape[1]!);
  return density.density();
}

function column({ shape, data }: NumericArray, dimension: number, rows: Uint32Array): Float64Array {
  return Float64Array.from(rows, (row) => data[row * shape[1]! + dimension]!);
}
