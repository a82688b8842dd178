import type { Points } from "../points.js";
import {
  type ClassCovariances,
  classCovariances,
  normalised,
  trace,
  traceOfProduct,
} from "./class-covariances.js";
import type { Weights } from "./resampling.js";

/** A share below this is 0 but for rounding. */
const ROUNDING = 1e-24;

/** Two properties of a code, of which rules G13 and G19 take the change; natural logarithms of ratios, in series over weightings. */
export interface ClassAxes {
  /**
   * Variance along the directions in which class means differ over the variance within classes along them: 0 where these
   * directions say nothing of the class; +infinity where nothing else varies along them. NaN where all samples coincide.
   */
  readonly orthogonality: Float64Array;
  /**
   * Variance within classes along the directions in which their members differ over that along those in which class means
   * differ: 0 where they are alike; +infinity where members of a class do not vary along the latter. NaN where all class
   * means coincide, or where all classes are points.
   */
  readonly factorization: Float64Array;
}

/**
 * How the directions in which classes differ lie to what varies within classes (rules G13 and G19).
 * @param points sorted by class.
 * @param starts where each class begins.
 * @param weightings all samples first, then resamples; of these, what resampling added is taken off (rule G14).
 */
export function classAxes(points: Points, starts: Uint32Array, weightings: readonly Weights[]): ClassAxes {
  const centred = normalised(points);
  const found = weightings.map((weights, w) =>
    propertiesOf(classCovariances(centred, starts, weights), points.dimension, w > 0),
  );
  return {
    orthogonality: Float64Array.from(found, ({ orthogonality }) => orthogonality),
    factorization: Float64Array.from(found, ({ factorization }) => factorization),
  };
}

type Properties = Readonly<Record<keyof ClassAxes, number>>;

function propertiesOf(
  { between, within, sampling }: ClassCovariances,
  dimension: number,
  resampled: boolean,
): Properties {
  const product = (a: Float64Array, b: Float64Array) => traceOfProduct(a, b, dimension);
  const betweenVariance = trace(between, dimension);
  const withinVariance = trace(within, dimension);
  const negligible = ROUNDING * (betweenVariance + withinVariance);
  const [hasAxes, hasMembers] = [betweenVariance > negligible, withinVariance > negligible];
  if (!hasAxes) return { orthogonality: hasMembers ? 0 : Number.NaN, factorization: Number.NaN };
  if (!hasMembers) return { orthogonality: Number.POSITIVE_INFINITY, factorization: Number.NaN };
  const overlap = product(between, within);
  if (overlap <= ROUNDING * betweenVariance * withinVariance) {
    return { orthogonality: Number.POSITIVE_INFINITY, factorization: Number.POSITIVE_INFINITY };
  }
  const addedOverlap = product(sampling, within);
  const addedVariance = trace(sampling, dimension);
  // Never more than half, so that what is left stays positive.
  const taken = resampled ? Math.min(1, overlap / addedOverlap / 2, betweenVariance / addedVariance / 2) : 0;
  const axes = taken === 0 ? between : between.map((entry, k) => entry - taken * sampling[k]);
  const membersAlongAxes = overlap - taken * addedOverlap;
  const alongMembers = product(within, within) / withinVariance;
  return {
    orthogonality: Math.log1p(product(axes, axes) / membersAlongAxes),
    factorization:
      Math.log(alongMembers) - Math.log(membersAlongAxes / (betweenVariance - taken * addedVariance)),
  };
}
