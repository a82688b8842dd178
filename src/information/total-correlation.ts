import { refuse } from "../errors.js";
import type { Points } from "../geometry/points.js";
import { columnCentre } from "../linear-algebra/centring.js";
import { choleskyPivots } from "../linear-algebra/cholesky.js";
import type { NumericArray } from "../numeric-array.js";
import { assertFiniteTable } from "./tables.js";

/** A dimension of which a smaller share than this is not linear in those before it is taken for linear in them. */
const DEPENDENT = 1e-12;
/** Asymmetry or negative eigenvalues of a covariance up to this share of the variances are rounding. */
const ROUNDING = 1e-9;
/**
 * The same where a dimension is linear in those before it: what is left of it, up to {@link DEPENDENT}, can be correlated with the others
 * as much as the root of that.
 */
const ROUNDING_BEYOND_DEPENDENT = 1e-6;
/** Larger covariances take minutes. */
const MAX_DIMENSIONS = 2048;

/** What the dimensions of a code share, were it gaussian (rule I2). */
export interface TotalCorrelation {
  /** From 0, uncorrelated; Infinity where a dimension is linear in the others. */
  readonly totalCorrelationNats: number;
  /** The first dimension that is linear in those before it; undefined where there is none. */
  readonly dependentDimension: number | undefined;
  /** Dimensions that do not vary: they share nothing and are left out. */
  readonly constantDimensions: readonly number[];
}

/**
 * Total correlation of a gaussian code (rule I2): `1/2 (sum_j ln S_jj - ln|S|)` with S the covariance of the samples. Too high
 * by about D(D-1) / 4N for N samples of D dimensions. Source: Watanabe 1960; the gaussian form as in the Echo paper's Table 3.
 * @param codes [samples, up to 2048 dimensions]; more samples than dimensions.
 * @throws UserError for more dimensions, and for so few samples that any covariance would be singular.
 */
export function totalCorrelationGaussian(codes: Points): TotalCorrelation {
  const { name, count, dimension } = codes;
  if (dimension > MAX_DIMENSIONS) {
    const maximum = `total correlation takes at most ${MAX_DIMENSIONS}`;
    refuse(name, `${dimension} dimensions; ${maximum}`, "Give fewer");
  }
  if (count <= dimension) {
    refuse(
      name,
      `the covariance of ${count} samples of ${dimension} dimensions is singular, whatever they are`,
      "Give more samples than dimensions: better a hundred times as many",
    );
  }
  return totalCorrelationOfCovariance(covarianceOf(codes), name);
}

/**
 * Total correlation of a gaussian of a given covariance (rule I2), in nats.
 * @param covariance [D, D], symmetric, in squared units of the code.
 * @param name how messages call it.
 * @throws UserError for what is no covariance: not square, not symmetric, a negative variance, or indefinite.
 */
export function totalCorrelationOfCovariance(
  covariance: NumericArray,
  name = "covariance",
): TotalCorrelation {
  const [size, columns] = assertFiniteTable(covariance, name);
  if (size !== columns) refuse(name, `${size} rows and ${columns} columns`, "Give a square covariance");
  const { data } = covariance;
  const deviations = Array.from({ length: size }, (_, j) => {
    const variance = data[j * size + j];
    if (variance >= 0) return Math.sqrt(variance);
    return refuse(name, `the variance of dimension ${j} is ${variance}`, "Give a covariance");
  });
  const kept = deviations.map((_, j) => j).filter((j) => deviations[j] > 0);
  const constant = deviations.map((_, j) => j).filter((j) => deviations[j] === 0);
  for (const j of constant) {
    for (let k = 0; k < size; k++) {
      const covariances = [data[j * size + k], data[k * size + j]];
      if (covariances.every((covariance) => covariance === 0)) continue;
      refuse(
        `${name}, row ${j}, column ${k} (both counted from 0)`,
        `dimension ${j} does not vary, but its covariances with dimension ${k} are ${covariances.join(" and ")}`,
        "Give a covariance",
      );
    }
  }
  // Of correlations, as the scale of a dimension does not matter.
  const correlations = new Float64Array(kept.length * kept.length);
  for (const [a, j] of kept.entries()) {
    for (const [b, k] of kept.entries()) {
      const value = data[j * size + k] / deviations[j] / deviations[k];
      const mirrored = data[k * size + j] / deviations[j] / deviations[k];
      if (Math.abs(value - mirrored) > ROUNDING || Math.abs(value) > 1 + ROUNDING) {
        refuse(
          `${name}, row ${j}, column ${k} (both counted from 0)`,
          `${data[j * size + k]} cannot be the covariance of these dimensions`,
          "Give a symmetric covariance",
        );
      }
      correlations[a * kept.length + b] = a === b ? 1 : value;
    }
  }
  const { pivots, shared } = choleskyPivots(correlations, kept.length, DEPENDENT);
  const dependent = pivots.findIndex((pivot) => pivot <= DEPENDENT);
  const isNegative = pivots.some((pivot, place) => {
    const isBeyond = dependent >= 0 && place > dependent;
    return pivot < -(isBeyond ? ROUNDING_BEYOND_DEPENDENT : ROUNDING);
  });
  if (isNegative || shared > ROUNDING_BEYOND_DEPENDENT) {
    refuse(name, "the matrix is indefinite", "Give a covariance");
  }
  const nats = pivots.reduce((sum, pivot) => sum - Math.log(pivot) / 2, 0);
  return {
    // Rounding leaves about -1e-17 for independent dimensions; 0 - 0 and not -0.
    totalCorrelationNats: dependent >= 0 ? Number.POSITIVE_INFINITY : Math.max(0, nats),
    dependentDimension: dependent >= 0 ? kept[dependent] : undefined,
    constantDimensions: constant,
  };
}

/** The covariance of points, divisor samples - 1; exactly 0 for a dimension that does not vary. */
function covarianceOf({ coordinates, count, dimension }: Points): NumericArray<Float64Array> {
  const { origin, shift } = columnCentre({ coordinates, dimension });
  const data = new Float64Array(dimension * dimension);
  const row = new Float64Array(dimension);
  for (let start = 0; start < coordinates.length; start += dimension) {
    for (let d = 0; d < dimension; d++) row[d] = coordinates[start + d] - origin[d] - shift[d];
    for (let a = 0; a < dimension; a++) {
      for (let b = a; b < dimension; b++) data[a * dimension + b] += row[a] * row[b];
    }
  }
  for (let a = 0; a < dimension; a++) {
    for (let b = a; b < dimension; b++) {
      const value = data[a * dimension + b] / (count - 1);
      data[a * dimension + b] = value;
      data[b * dimension + a] = value;
    }
  }
  return { shape: [dimension, dimension], data };
}
