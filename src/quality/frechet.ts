import { UserError } from "../errors.js";
import type { Points } from "../geometry/points.js";
import { centredRows } from "../linear-algebra/centring.js";
import { nuclearNormOfProduct } from "../linear-algebra/spectra.js";
import { triangularFactor } from "../linear-algebra/triangular-factor.js";
import { assertComparable } from "./assertions.js";

/** The decomposition has the smaller of samples and features as its size; beyond this it takes many minutes. */
const LARGEST_PROBLEM = 2048;

/** What stands for the root of a set's covariance: its centred samples, or where there are more than features their triangular factor. */
export type CovarianceRoot = "samples" | "triangular factor";

/** The Fréchet distance of two sets of features (rule Q1). */
export interface FrechetDistance {
  /** In squared units of the features, from 0 upward; where rounding leaves less than 0 it is 0. */
  readonly distance: number;
  /** Squared distance of the means, in squared units of the features: the first part. */
  readonly meanTerm: number;
  /** Total variances, the traces of both covariances. */
  readonly traces: readonly [x: number, y: number];
  /** Tr((S_x S_y)^(1/2)), which is subtracted twice. */
  readonly crossTrace: number;
  /** By which root of each covariance the cross trace was found. */
  readonly roots: readonly [x: CovarianceRoot, y: CovarianceRoot];
}

/**
 * Fréchet distance of two sets of features, each taken for a gaussian (rule Q1): FID where the features are
 * Inception's. The trace of the covariances' root is the nuclear norm of A B' for any A and B with S_x = A'A
 * and S_y = B'B, so that no covariance is formed, nor the root of one: singular covariances (fewer samples
 * than features, features that do not vary) lose no digits. Identical sets have 0 up to rounding, some 1e-13
 * of their variance. Biased upward by about 1/N: compare at equal N.
 * Source: Dowson and Landau, "The Fréchet distance between multivariate normal distributions" (1982); Heusel
 * et al. 2017.
 * @param x features [N_x, D].
 * @param y features [N_y, D].
 * @throws UserError for sets of different features, fewer than 2 samples, and for more than 2048 of both
 * samples and features.
 */
export function frechetDistance(x: Points, y: Points): FrechetDistance {
  assertComparable(x, y, 2);
  const parts = [momentsOf(x), momentsOf(y)] as const;
  const [a, b] = parts;
  const meanTerm = a.mean.reduce((sum, value, c) => sum + (value - b.mean[c]) ** 2, 0);
  const crossTrace = nuclearNormOfProduct(a.root, b.root, x.dimension);
  return {
    distance: Math.max(0, meanTerm + a.trace + b.trace - 2 * crossTrace),
    meanTerm,
    traces: [a.trace, b.trace],
    crossTrace,
    roots: [a.kind, b.kind],
  };
}

interface Moments {
  readonly mean: Float64Array;
  readonly trace: number;
  /** [rows, D], the product with its transpose from the left is the covariance (divisor: samples - 1). */
  readonly root: Float64Array;
  readonly kind: CovarianceRoot;
}

function momentsOf({ name, count, dimension, coordinates }: Points): Moments {
  if (Math.min(count, dimension) > LARGEST_PROBLEM) {
    throw new UserError({
      where: name,
      what: `${count} samples of ${dimension} features are too many for a Fréchet distance`,
      remedy: `Give at most ${LARGEST_PROBLEM} features or ${LARGEST_PROBLEM} samples`,
    });
  }
  const { mean, centred: about } = centredRows({ coordinates, dimension });
  const unit = Math.sqrt(count - 1);
  const centred = about.map((value) => value / unit);
  const trace = centred.reduce((sum, value) => sum + value * value, 0);
  return count > dimension
    ? { mean, trace, root: triangularFactor(centred, count, dimension), kind: "triangular factor" }
    : { mean, trace, root: centred, kind: "samples" };
}
