import { UserError } from "../../errors.js";
import type { Labels } from "../labels.js";
import type { Points } from "../points.js";

/** A covariance of more dimensions takes minutes for each set of resamples. */
const MAX_DIMENSIONS = 256;

/** Asserts that there are distances within classes and between classes. */
export function assertClasses({ name, classes, sizes }: Labels): void {
  const what =
    classes.length < 2
      ? "all samples are in one class, and distortion indices compare classes"
      : sizes.every((size) => size < 2)
        ? "no two samples share a class, so there are no distances within classes"
        : undefined;
  if (what === undefined) return;
  throw new UserError({
    where: name,
    what,
    remedy: "Give labels of at least two classes that several samples share",
  });
}

export function assertDimension({ name, dimension }: Points): void {
  if (dimension <= MAX_DIMENSIONS) return;
  throw new UserError({
    where: name,
    what: `${dimension} dimensions; distortion indices take at most ${MAX_DIMENSIONS}`,
    remedy: "Give its first principal components: narrows measure pca --components 50 --out FILE",
  });
}

export function assertOptions(resamples: number, confidence: number): void {
  if (!Number.isInteger(resamples) || resamples < 0) {
    throw new UserError({
      where: "distortion indices, resamples",
      what: `${resamples} is not an integer of at least 0`,
      remedy: "Give 200, for instance, or 0 for no intervals",
    });
  }
  if (confidence > 0 && confidence < 1) return;
  throw new UserError({
    where: "distortion indices, confidence",
    what: `${confidence} is not between 0 and 1`,
    remedy: "Give 0.95, for instance",
  });
}
