import { defineOperation } from "../operation.js";
import { broadcastShapes, formatShape, type Shape, sameShape, stretchedAxes } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { integers, reshape } from "./layout.js";

// Summing and stretching are each other's gradient, so they share a file.

const sumOperation = defineOperation<readonly number[]>({
  name: "sum",
  shape: ([x], axes, misfit) =>
    axes.every((axis) => axis >= 0 && axis < x!.shape.length)
      ? x!.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
      : misfit(`has no axes [${axes.join(", ")}]`),
  onnx: (_, axes) => ({ type: "ReduceSum", attributes: { keepdims: 1 }, constants: [integers(axes)] }),
  gradient: ({ operands: [x], gradient }) => [expand(gradient, x!.shape)],
});

/**
 * Sum over the given axes (all of them by default), which stay as extent 1.
 * @throws ShapeError for an axis that there is not.
 */
export function sum(x: Tensor, axes: readonly number[] = x.shape.map((_, axis) => axis)): Tensor {
  return axes.every((axis) => x.shape[axis] === 1) ? x : sumOperation([x], axes);
}

const expandOperation = defineOperation<Shape>({
  name: "expand",
  shape: ([x], shape, misfit) => {
    const fits = broadcastShapes(x!.shape, shape);
    return fits && sameShape(fits, shape) ? shape : misfit(`cannot be stretched to ${formatShape(shape)}`);
  },
  onnx: (_, shape) => ({ type: "Expand", constants: [integers(shape)] }),
  gradient: ({ operands: [x], gradient }) => [sumTo(gradient, x!.shape)],
});

/**
 * The tensor repeated along new leading axes and axes of extent 1 until it has the given shape.
 * @throws ShapeError where it cannot be stretched to it.
 */
export function expand(x: Tensor, shape: Shape): Tensor {
  return sameShape(x.shape, shape) ? x : expandOperation([x], shape);
}

/**
 * Sum over the axes along which a tensor of shape `target` would be stretched: the adjoint of {@link expand}.
 * @throws ShapeError where `target` does not stretch to the tensor's shape.
 */
export function sumTo(x: Tensor, target: Shape): Tensor {
  return reshape(sum(x, stretchedAxes(target, x.shape)), target);
}
