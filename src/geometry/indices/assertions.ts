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
