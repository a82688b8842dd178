import type { Points } from "../points.js";

/**
 * Distances from some rows to all points, each feature multiplied by its weight.
 * @param weights [D]; their signs do not matter, and a feature of weight 0 costs nothing.
 * @param out [M, N]; a query's distance to itself is set to infinity, so that it is no neighbour.
 */
export function weightedDistances(
  { coordinates, count, dimension }: Points,
  queries: Int32Array,
  weights: Float64Array,
  out: Float64Array,
): void {
  const active = Int32Array.from(weights.keys()).filter((c) => weights[c] !== 0);
  // Scaled and packed once: the loop over pairs is then a plain distance.
  const scaled = new Float64Array(count * active.length);
  for (let i = 0, at = 0; i < count; i++) {
    for (const c of active) scaled[at++] = weights[c] * coordinates[i * dimension + c];
  }
  const width = active.length;
  for (let m = 0, at = 0; m < queries.length; m++) {
    const from = queries[m] * width;
    for (let j = 0, to = 0; j < count; j++) {
      let sum = 0;
      for (let c = from; c < from + width; c++, to++) {
        const difference = scaled[c] - scaled[to];
        sum += difference * difference;
      }
      out[at++] = Math.sqrt(sum);
    }
    out[m * count + queries[m]] = Number.POSITIVE_INFINITY;
  }
}

/**
 * A length at which a soft choice of the nearest neighbour distinguishes it from the second (rule J10): half of the mean plus the minimum,
 * over queries, of the difference between the distances to both.
 * @param distances [M, N], as of `weightedDistances`; at least 3 points.
 * @returns 0 where all queries have two neighbours equally near.
 */
export function automaticLambda(distances: Float64Array, count: number): number {
  const rows = distances.length / count;
  let minimum = Number.POSITIVE_INFINITY;
  let total = 0;
  for (let start = 0; start < distances.length; start += count) {
    let nearest = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (let at = start; at < start + count; at++) {
      const d = distances[at];
      if (d >= second) continue;
      if (d < nearest) {
        second = nearest;
        nearest = d;
      } else second = d;
    }
    minimum = Math.min(minimum, second - nearest);
    total += second - nearest;
  }
  return (total / rows + minimum) / 2;
}
