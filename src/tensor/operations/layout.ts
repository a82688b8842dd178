import { composite, defineOperation } from "../operation.js";
import { type Shape, sameShape, sizeOf } from "../shape.js";
import type { Constant, Tensor } from "../tensor.js";

/** A one-dimensional int64 constant, as ONNX wants shapes, axes and indices. */
export function integers(values: readonly number[] | Int32Array, shape: Shape = [values.length]): Constant {
  return { dataType: "int64", shape, data: values };
}

const reshapeOperation = defineOperation<Shape>({
  name: "reshape",
  shape: ([x], shape, misfit) =>
    sizeOf(x!.shape) === sizeOf(shape)
      ? shape
      : misfit(`cannot be read as [${shape.join(", ")}]: another number of elements`),
  onnx: (_, shape) => ({ type: "Reshape", constants: [integers(shape)] }),
  gradient: ({ operands: [x], gradient }) => [reshape(gradient, x!.shape)],
});

/**
 * The same elements in the same order (row-major) under another shape.
 * @throws ShapeError for a shape of another number of elements.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  // A reshape of a reshape is one reshape: the step graph holds dozens, and each costs a call. Its gradient still
  // flows through the first, whose own may be asked for.
  const source = sourceOfReshape(x);
  if (source === x || sizeOf(x.shape) !== sizeOf(shape)) return reshapeOperation([x], shape);
  const lowered = sameShape(source.shape, shape) ? source : reshapeOperation([source], shape);
  return composite("reshape", [x], lowered, (gradient) => [reshape(gradient, x.shape)]);
}

/** The tensor whose elements a reshaped one holds; the tensor itself where it is no reshape. */
function sourceOfReshape(x: Tensor): Tensor {
  const { origin } = x;
  if (!("pullback" in origin) || origin.operation !== "reshape") return x;
  return origin.kind === "composite" ? sourceOfReshape(origin.lowered) : origin.operands[0]!;
}

const transposeOperation = defineOperation<readonly number[]>({
  name: "transpose",
  shape: ([x], order, misfit) =>
    sameShape(
      [...order].sort((a, b) => a - b),
      x!.shape.map((_, axis) => axis),
    )
      ? order.map((axis) => x!.shape[axis]!)
      : misfit(`[${order.join(", ")}] is no order of its axes`),
  onnx: (_, order) => ({ type: "Transpose", attributes: { perm: order } }),
  gradient: ({ attributes: order, gradient }) => [
    transpose(
      gradient,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ],
});

/**
 * Axes in another order; without an order the last two are swapped.
 * @param order for each axis of the result, which axis of the tensor it is.
 * @throws ShapeError for what is no order of its axes.
 */
export function transpose(x: Tensor, order?: readonly number[]): Tensor {
  const rank = x.shape.length;
  const swapped = x.shape.map((_, axis) =>
    axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis,
  );
  return transposeOperation([x], order ?? swapped);
}

const concatOperation = defineOperation<number>({
  name: "concat",
  shape: (tensors, axis, misfit) => {
    const first = tensors[0]?.shape ?? misfit("needs at least one tensor");
    const fits = tensors.every(
      ({ shape }) =>
        shape.length === first.length && shape.every((extent, i) => i === axis || extent === first[i]),
    );
    if (first[axis] === undefined) misfit(`there is no axis ${axis}`);
    if (!fits) misfit(`all extents but that of axis ${axis} must agree`);
    return first.map((extent, i) =>
      i === axis ? tensors.reduce((total, { shape }) => total + shape[i]!, 0) : extent,
    );
  },
  onnx: (_, axis) => ({ type: "Concat", attributes: { axis } }),
  gradient: ({ operands, attributes: axis, gradient }) => {
    let start = 0;
    return operands.map(({ shape }) => {
      const part = slice(gradient, axis, start, start + shape[axis]!);
      start += shape[axis]!;
      return part;
    });
  },
});

/**
 * Tensors laid one after the other along an axis.
 * @throws ShapeError for none, and where another extent than that of the axis differs.
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  return tensors.length === 1 ? tensors[0]! : concatOperation(tensors, axis);
}

const sliceOperation = defineOperation<{ axis: number; start: number; end: number }>({
  name: "slice",
  shape: ([x], { axis, start, end }, misfit) =>
    axis < x!.shape.length && 0 <= start && start < end && end <= x!.shape[axis]!
      ? x!.shape.map((extent, i) => (i === axis ? end - start : extent))
      : misfit(`has no range ${start}..${end} on axis ${axis}`),
  onnx: (_, { axis, start, end }) => ({
    type: "Slice",
    constants: [integers([start]), integers([end]), integers([axis])],
  }),
  gradient: ({ operands: [x], attributes: { axis, start, end }, gradient }) => [
    pad(gradient, axis, start, x!.shape[axis]! - end),
  ],
});

/**
 * Entries `start` (inclusive) to `end` (exclusive) along an axis.
 * @throws ShapeError for a range that is empty or outside.
 */
export function slice(x: Tensor, axis: number, start: number, end: number): Tensor {
  return start === 0 && end === x.shape[axis] ? x : sliceOperation([x], { axis, start, end });
}

const padOperation = defineOperation<{ axis: number; before: number; after: number }>({
  name: "pad",
  shape: ([x], { axis, before, after }, misfit) =>
    axis in x!.shape && before >= 0 && after >= 0
      ? x!.shape.map((extent, i) => (i === axis ? before + extent + after : extent))
      : misfit(`cannot be padded by ${before} and ${after} on axis ${axis}`),
  onnx: ([x], { axis, before, after }) => {
    const counts = (count: number) => x!.shape.map((_, i) => (i === axis ? count : 0));
    const pad = { type: "Pad", constants: [integers([...counts(before), ...counts(after)])] };
    if (before > 0) return pad;
    // The runtime's Pad takes several times as long as laying zeros after, whose shape though fixes the batch.
    const shape = x!.shape.map((extent, i) => (i === axis ? after : extent));
    const zeros: Constant = { dataType: "float32", shape, data: new Float32Array(sizeOf(shape)) };
    return { type: "Concat", attributes: { axis }, constants: [zeros], openBatch: pad };
  },
  gradient: ({ operands: [x], attributes: { axis, before }, gradient }) => [
    slice(gradient, axis, before, before + x!.shape[axis]!),
  ],
});

/**
 * Zeros before and after along an axis.
 * @throws ShapeError for an axis that there is not, and for fewer than 0.
 */
export function pad(x: Tensor, axis: number, before: number, after: number): Tensor {
  return before === 0 && after === 0 ? x : padOperation([x], { axis, before, after });
}
