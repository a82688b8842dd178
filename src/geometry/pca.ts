import { UserError } from "../errors.js";
import { centredRows } from "../linear-algebra/centring.js";
import { spectrumOfCovariance, spectrumOfPoints } from "../linear-algebra/spectra.js";
import { powerOfTwoNear } from "../linear-algebra/vectors.js";
import type { NumericArray } from "../numeric-array.js";
import type { Points } from "./points.js";

/** The decomposition has the smaller of samples and dimensions as its size; beyond this it takes minutes. */
const LARGEST_PROBLEM = 2048;

/** Principal components: the directions of maximum variance of a set of points (rule G9). */
export interface PrincipalComponents {
  /** [dimension] */
  readonly mean: Float64Array;
  /** [k, dimension], orthonormal directions, by decreasing variance; each one's entry of largest magnitude is positive. */
  readonly components: NumericArray<Float64Array>;
  /** [k], variance along each direction, divided by samples - 1. */
  readonly explainedVariance: Float64Array;
  /** [k], shares of the total variance; all 0 for points that coincide. */
  readonly explainedVarianceRatio: Float64Array;
  /** [samples, k], coordinates of the centred points along the directions. */
  readonly projection: NumericArray<Float64Array>;
}

/**
 * Principal components (rule G9): the directions along which points vary most, and the points in them.
 * @param points [N, D].
 * @param k number of components; at most the smaller of samples and dimensions.
 * @returns variances in squared units of the points, divisor N - 1.
 * @throws UserError for another `k`, and when both samples and dimensions exceed 2048.
 */
export function principalComponents(points: Points, k: number): PrincipalComponents {
  const { name, count, dimension } = points;
  const maximum = Math.min(count, dimension);
  if (!Number.isInteger(k) || k < 1 || k > maximum) {
    throw new UserError({
      where: name,
      what: `${count} points of ${dimension} coordinates have ${maximum} principal components, not ${k}`,
      remedy: `Ask for 1 to ${maximum} components`,
    });
  }
  if (maximum > LARGEST_PROBLEM) {
    throw new UserError({
      where: name,
      what: `${count} points of ${dimension} coordinates are too many for principal components`,
      remedy: `Give at most ${LARGEST_PROBLEM} samples or ${LARGEST_PROBLEM} dimensions`,
    });
  }
  const { mean, centred } = centredRows(points);
  // Near 1, so that no square within the decomposition overflows or vanishes; a power of 2 changes no digit.
  const unit = powerOfTwoNear(centred) || 1;
  const scaled = centred.map((value) => value / unit);
  const { variances, directions } = (dimension <= count ? spectrumOfCovariance : spectrumOfPoints)(
    scaled,
    count,
    dimension,
  );
  const components = new Float64Array(k * dimension);
  for (let c = 0; c < k; c++) components.set(oriented(directions[c]), c * dimension);
  const projection = new Float64Array(count * k);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let d = 0; d < dimension; d++) sum += centred[i * dimension + d] * components[c * dimension + d];
      projection[i * k + c] = sum;
    }
  }
  const total = variances.reduce((sum, value) => sum + value, 0);
  const explainedVariance = Float64Array.from(variances.slice(0, k), (variance) => variance * unit * unit);
  return {
    mean,
    components: { shape: [k, dimension], data: components },
    explainedVariance,
    explainedVarianceRatio: Float64Array.from(variances.slice(0, k), (variance) =>
      total > 0 ? variance / total : 0,
    ),
    projection: { shape: [count, k], data: projection },
  };
}

/** The direction or its opposite, such that its entry of largest magnitude (the first of them) is positive. */
function oriented(direction: readonly number[]): number[] {
  const largest = direction.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return largest < 0 ? direction.map((value) => -value) : [...direction];
}
