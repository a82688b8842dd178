import { PhiloxStream } from "../random/stream.js";

/**
 * A number of the `count` rows, without replacement and in ascending order; all of them if there are no more.
 * @param purpose names the random stream (rule D2).
 */
export function chooseRows(count: number, samples: number, seed: number, purpose: string): Uint32Array {
  if (samples >= count) return Uint32Array.from({ length: count }, (_, row) => row);
  return new PhiloxStream(seed, purpose).permutation(count).slice(0, samples).sort();
}
