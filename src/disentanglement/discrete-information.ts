import { refuse } from "../errors.js";
import { powerOfTwoNear } from "../linear-algebra/vectors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import { sum } from "../statistics.js";

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
 * @param counts how often each value occurs, or a weight of each: finite and at least 0.
 * @returns nats, from 0 to the logarithm of the number of values; 0 where all counts are.
 * @throws UserError for what is no count.
 */
export function entropyOfCounts(counts: ArrayLike<number>): number {
  const scaled = checkedCounts(counts);
  const total = sum(scaled);
  let nats = 0;
  for (const count of scaled) if (count > 0) nats += (count / total) * Math.log(total / count);
  return nats;
}

/**
 * The plug-in mutual information of two variables from how often they have each pair of values (rule M2):
 * `sum p(a,b) ln(p(a,b) / (p(a) p(b)))` over pairs that occur. Too high by about (A-1)(B-1) / 2N for N samples of A and B values.
 * @param table counts, [values of a, values of b]: finite and at least 0.
 * @returns nats, from 0 to the smaller of the two entropies; 0 where all counts are.
 * @throws UserError for what is no table, or no count.
 */
export function mutualInformationOfCounts(table: NumericArray): number {
  assertNumericArray(table, "counts");
  const { shape } = table;
  if (shape.length !== 2) {
    const what = `an array of shape [${shape.join(", ")}] is no table of counts`;
    refuse("counts", what, "Give one row for each value of a and one column for each of b");
  }
  const [aValues, bValues] = shape as [number, number];
  const data = checkedCounts(table.data);
  const ofA = new Float64Array(aValues);
  const ofB = new Float64Array(bValues);
  for (let k = 0; k < data.length; k++) {
    ofA[Math.floor(k / bValues)] += data[k];
    ofB[k % bValues] += data[k];
  }
  const total = sum(data);
  let nats = 0;
  for (let k = 0; k < data.length; k++) {
    const share = data[k] / total;
    // Also of counts so far below the others that they are none of the whole.
    if (!(share > 0)) continue;
    nats += share * (Math.log(data[k] / ofA[Math.floor(k / bValues)]) - Math.log(ofB[k % bValues] / total));
  }
  // Rounding leaves about -1e-17 for independent variables.
  return Math.max(0, nats);
}

/** Counts scaled by a power of two to near 1, so that no sum of them overflows; information does not know their scale. */
function checkedCounts(counts: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(counts);
  const bad = values.findIndex((count) => !(count >= 0 && count < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    refuse(
      `counts, ${bad} (counted from 0)`,
      `${counts[bad]} is not a count`,
      "Give finite numbers of at least 0",
    );
  }
  const unit = powerOfTwoNear(values) || 1;
  return values.map((count) => count / unit);
}
