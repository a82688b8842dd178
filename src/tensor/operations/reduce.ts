import { sizeOf } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { sum } from "./broadcast.js";
import { multiply } from "./elementwise.js";
import { reshape } from "./layout.js";

/**
 * Sum over the given axes, which are dropped from the shape: [64, 5] over [1] -> [64].
 * @throws ShapeError for an axis that there is not.
 */
export function sumOver(x: Tensor, axes: readonly number[]): Tensor {
  return reshape(
    sum(x, axes),
    x.shape.filter((_, axis) => !axes.includes(axis)),
  );
}

/** Mean of all elements, as a scalar. */
export function mean(x: Tensor): Tensor {
  return multiply(reshape(sum(x), []), 1 / sizeOf(x.shape));
}
