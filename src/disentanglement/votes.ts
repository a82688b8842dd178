import type { Points } from "../geometry/points.js";
import type { NumericArray } from "../numeric-array.js";
import { PhiloxStream } from "../random/stream.js";
import type { Factor } from "./factors.js";

/** The samples that can take part in votes on a factor, those of one value side by side. */
export interface Ballot {
  /** Samples by their value; those whose value no other sample has are left out. */
  readonly rows: Uint32Array;
  /** For each of `rows`: where its value begins and ends there. */
  readonly begin: Uint32Array;
  readonly end: Uint32Array;
}

/** Groups samples by the value of a factor. */
export function ballotOf({ values, valueIndex }: Factor): Ballot {
  const sizes = new Uint32Array(values.length);
  for (const value of valueIndex) sizes[value] += 1;
  const starts = new Uint32Array(values.length);
  let total = 0;
  for (const [value, size] of sizes.entries()) {
    starts[value] = total;
    if (size > 1) total += size;
  }
  const rows = new Uint32Array(total);
  const begin = new Uint32Array(total);
  const end = new Uint32Array(total);
  const filled = starts.slice();
  for (let row = 0; row < valueIndex.length; row++) {
    const value = valueIndex[row];
    if (sizes[value] < 2) continue;
    const at = filled[value]++;
    rows[at] = row;
    begin[at] = starts[value];
    end[at] = starts[value] + sizes[value];
  }
  return { rows, begin, end };
}

/** Who votes, and on what. */
export interface Voters {
  readonly codes: Points;
  /** One a factor. */
  readonly ballots: readonly Ballot[];
  /** Those that may be voted for. */
  readonly dimensions: Uint32Array;
  /** Of each dimension of the code over all samples; above 0 where it may be voted for. */
  readonly variances: Float64Array;
  /** Samples of one vote. */
  readonly rowsPerVote: number;
}

/**
 * Casts a number of votes, each for a factor drawn at random (rule M4).
 * @param purpose names the random stream (rule D2).
 * @returns [factors, dimensions]: votes; all 0 where no dimension may be voted for.
 */
export function tallyVotes(
  voters: Voters,
  total: number,
  seed: number,
  purpose: string,
): NumericArray<Float64Array> {
  const { codes, ballots, dimensions } = voters;
  const stream = new PhiloxStream(seed, purpose);
  const data = new Float64Array(ballots.length * codes.dimension);
  for (let vote = 0; dimensions.length > 0 && vote < total; vote++) {
    const factor = stream.integer(ballots.length);
    data[factor * codes.dimension + castVote(voters, ballots[factor], stream)] += 1;
  }
  return { shape: [ballots.length, codes.dimension], data };
}

/**
 * One vote: draws a sample, and others with repetition among those that share its value of the factor; the vote goes to the
 * dimension of the minimum variance there, as a share of its variance over all samples, and to the first of equals.
 */
function castVote(
  { codes: { coordinates, dimension }, dimensions, variances, rowsPerVote }: Voters,
  { rows, begin, end }: Ballot,
  stream: PhiloxStream,
): number {
  const first = stream.integer(rows.length);
  const start = begin[first];
  const size = end[first] - start;
  const origin = rows[first] * dimension;
  const sums = new Float64Array(dimensions.length);
  const squares = new Float64Array(dimensions.length);
  for (let r = 1; r < rowsPerVote; r++) {
    const at = rows[start + stream.integer(size)] * dimension;
    for (let k = 0; k < dimensions.length; k++) {
      // From the first sample, so that a dimension that stays has a variance of exactly 0.
      const difference = coordinates[at + dimensions[k]] - coordinates[origin + dimensions[k]];
      sums[k] += difference;
      squares[k] += difference * difference;
    }
  }
  let best = dimensions[0];
  let minimum = Number.POSITIVE_INFINITY;
  for (let k = 0; k < dimensions.length; k++) {
    const variance = Math.max(0, squares[k] - (sums[k] * sums[k]) / rowsPerVote) / (rowsPerVote - 1);
    const share = variance / variances[dimensions[k]];
    if (share < minimum) {
      minimum = share;
      best = dimensions[k];
    }
  }
  return best;
}
