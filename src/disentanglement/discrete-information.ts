import type { NumericArray } from "../numeric-array.js";

/** How often two variables have each pair of values, [values of a, values of b]. */
export function contingencyTable(
  a: Uint32Array,
  aValues: number,
  b: Uint32Array,
  bValues: number,
): NumericArray<Float64Array> {
  const data = new Float64Array(aValues * bValues);
  for (let i = 0; i < a.length; i++) data[a[i] * bValues + b[i]] += 1;
  return { shape: [aValues, bValues], data };
}

/**
 * The plug-in entropy of counts (rule M2): that of the distribution which has the shares of the sample.
 * @param counts how often each value occurs, at least 0.
 * @returns nats, from 0 to the logarithm of the number of values; 0 where all counts are.
 */
export function entropyOfCounts(counts: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let nats = 0;
  for (let k = 0; k < counts.length; k++) {
    if (counts[k] > 0) nats += (counts[k] / total) * Math.log(total / counts[k]);
  }
  return nats;
}

/**
 * The plug-in mutual information of two variables from how often they have each pair of values (rule M2):
 * `sum p(a,b) ln(p(a,b) / (p(a) p(b)))` over pairs that occur. Too high by about (A-1)(B-1) / 2N for N samples of A and B values.
 * @param table counts, [values of a, values of b].
 * @returns nats, from 0 to the smaller of the two entropies.
 */
export function mutualInformationOfCounts({ shape, data }: NumericArray): number {
  const [aValues, bValues] = shape as [number, number];
  const ofA = new Float64Array(aValues);
  const ofB = new Float64Array(bValues);
  let total = 0;
  for (let k = 0; k < data.length; k++) {
    ofA[Math.floor(k / bValues)] += data[k];
    ofB[k % bValues] += data[k];
    total += data[k];
  }
  let nats = 0;
  for (let k = 0; k < data.length; k++) {
    if (data[k] === 0) continue;
    nats +=
      (data[k] / total) * Math.log((data[k] * total) / (ofA[Math.floor(k / bValues)] * ofB[k % bValues]));
  }
  // Rounding leaves about -1e-17 for independent variables.
  return Math.max(0, nats);
}
