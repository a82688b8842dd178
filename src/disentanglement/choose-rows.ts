import { PhiloxStream } from "../random/stream.js";

/**
 * So many of `count` rows, without repetition and in ascending order; all of them where there are no more.
 * @param purpose names the random stream (rule D2).
 */
export function chooseRows(count: number, samples: number, seed: number, purpose: string): Uint32Array {
  if (samples >= count) return Uint32Array.from({ length: count }, (_, row) => row);
  return new PhiloxStream(seed, purpose).permutation(count).slice(0, samples).sort();
}
