/**
 * SMACOF: metric multidimensional scaling by majorization. Each step moves every point to the average of where its
 * distances to the others would put it (the Guttman transform), which never raises the stress. Momentum between
 * steps, dropped whenever it raises the stress, makes it two to three times as quick.
 *
 * Sources: J. de Leeuw, "Applications of convex analysis to multidimensional scaling" (1977); for the momentum and
 * its restart B. O'Donoghue and E. Candès, "Adaptive restart for accelerated gradient schemes" (2015).
 */

/** A raw stress below this share of the sum of squared distances is 0 but for rounding. */
const ROUNDING = 1e-24;

/** Where SMACOF stops. */
export interface SmacofLimits {
  /** Passes over all pairs, at most. */
  readonly iterations: number;
  /** Relative decrease of the raw stress in one step below which a start has converged. */
  readonly tolerance: number;
}

/** The embedding that one start led to, with its stress. */
export interface SmacofResult {
  /** [points, dimension] */
  readonly configuration: Float64Array;
  /** Raw stress of the configuration, in squared units of the distances (rule G7). */
  readonly stress: number;
  /** Passes that were made. */
  readonly iterations: number;
  /** False when the iterations ran out first. */
  readonly converged: boolean;
  /** Whether it keeps every distance but for rounding: then there is none better. */
  readonly exact: boolean;
}

/**
 * Minimises the raw stress from one start (rule G8). What it returns is never worse than the start. The
 * arrays are not checked: `metricMds` makes both of points.
 * @param distances all pairs i < j, row by row, as of `pairwiseDistances`.
 * @param start [points, dimension]; left as it is.
 * @param dimension of the map.
 * @param limits where it stops.
 */
export function smacof(
  distances: Float64Array,
  start: Float64Array,
  dimension: number,
  { iterations: maximum, tolerance }: SmacofLimits,
): SmacofResult {
  const transform = dimension === 2 ? guttmanInPlane : guttman;
  const guess = start.slice();
  const next = new Float64Array(start.length);
  /** The last point of the plain descent: what the momentum starts from, and falls back to. */
  const anchor = start.slice();
  const scale = distances.reduce((sum, value) => sum + value * value, 0);
  /** Momentum may pass a configuration better than the one it ends at, so the best is kept. */
  const best = { configuration: start.slice(), stress: Number.POSITIVE_INFINITY };
  let previous = Number.POSITIVE_INFINITY;
  let inertia = 1;
  let momentum = 0;
  let iterations = 0;
  let converged = false;
  while (iterations < maximum && !converged) {
    const stress = transform(distances, guess, dimension, next);
    iterations += 1;
    if (stress < best.stress) {
      best.configuration.set(guess);
      best.stress = stress;
    }
    if (stress > previous && momentum > 0) {
      guess.set(anchor);
      inertia = 1;
      momentum = 0;
      previous = Number.POSITIVE_INFINITY;
      continue;
    }
    // A rise without momentum is rounding: there is nothing left to gain.
    converged = previous - stress <= tolerance * stress || stress <= ROUNDING * scale;
    previous = stress;
    const grown = (1 + Math.sqrt(1 + 4 * inertia * inertia)) / 2;
    momentum = (inertia - 1) / grown;
    inertia = grown;
    for (let k = 0; k < guess.length; k++) {
      guess[k] = next[k] + momentum * (next[k] - anchor[k]);
      anchor[k] = next[k];
    }
  }
  const last = transform(distances, anchor, dimension, next);
  const ended = last <= best.stress ? { configuration: anchor, stress: last } : best;
  return { ...ended, iterations, converged, exact: ended.stress <= ROUNDING * scale };
}

/**
 * The Guttman transform of a configuration, written to `out`. Points that coincide in the configuration do not move
 * each other.
 * @returns the raw stress of the configuration it was given, which costs nothing more here.
 */
function guttman(
  distances: Float64Array,
  configuration: Float64Array,
  dimension: number,
  out: Float64Array,
): number {
  const count = configuration.length / dimension;
  const step = new Float64Array(dimension);
  out.fill(0);
  let stress = 0;
  let k = 0;
  for (let a = 0; a < configuration.length; a += dimension) {
    for (let b = a + dimension; b < configuration.length; b += dimension) {
      let sum = 0;
      for (let c = 0; c < dimension; c++) {
        step[c] = configuration[a + c] - configuration[b + c];
        sum += step[c] * step[c];
      }
      const now = Math.sqrt(sum);
      const wanted = distances[k++];
      stress += (wanted - now) * (wanted - now);
      if (now === 0) continue;
      const pull = wanted / now;
      for (let c = 0; c < dimension; c++) {
        out[a + c] += pull * step[c];
        out[b + c] -= pull * step[c];
      }
    }
  }
  for (let i = 0; i < out.length; i++) out[i] /= count;
  return stress;
}

/** {@link guttman} in two dimensions, the case of every figure: without the inner loops, three times as quick. */
function guttmanInPlane(
  distances: Float64Array,
  configuration: Float64Array,
  _dimension: number,
  out: Float64Array,
): number {
  const count = configuration.length / 2;
  out.fill(0);
  let stress = 0;
  let k = 0;
  for (let a = 0; a < configuration.length; a += 2) {
    const ax = configuration[a];
    const ay = configuration[a + 1];
    let sumX = 0;
    let sumY = 0;
    for (let b = a + 2; b < configuration.length; b += 2) {
      const dx = ax - configuration[b];
      const dy = ay - configuration[b + 1];
      const now = Math.sqrt(dx * dx + dy * dy);
      const wanted = distances[k++];
      stress += (wanted - now) * (wanted - now);
      if (now === 0) continue;
      const pull = wanted / now;
      const pullX = pull * dx;
      const pullY = pull * dy;
      sumX += pullX;
      sumY += pullY;
      out[b] -= pullX;
      out[b + 1] -= pullY;
    }
    out[a] += sumX;
    out[a + 1] += sumY;
  }
  for (let i = 0; i < out.length; i++) out[i] /= count;
  return stress;
}
