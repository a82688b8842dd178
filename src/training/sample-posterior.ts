import type { NumericArray } from "../numeric-array.js";
import { PhiloxStream } from "../random/stream.js";

/**
 * One sample of each of N normal distributions, [N, D], from the stream (seed, purpose).
 * @param mean [N, D].
 * @param logVariance [N, D].
 */
export function samplePosterior(
  mean: NumericArray,
  logVariance: NumericArray,
  purpose: string,
  seed = 0,
): NumericArray<Float64Array> {
  const stream = new PhiloxStream(seed, purpose);
  const { shape } = mean;
  const sample = (centre: number, i: number) => centre + Math.exp(logVariance.data[i]! / 2) * stream.normal();
  return { shape, data: Float64Array.from(mean.data, sample) };
}
