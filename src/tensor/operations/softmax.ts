import { defineOperation } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { sum } from "./broadcast.js";
import { exp, multiply, subtract } from "./elementwise.js";
import { integers, reshape } from "./layout.js";

const logSoftmaxOperation = defineOperation<undefined>({
  name: "logSoftmax",
  shape: ([x], _, misfit) => (x!.shape.length > 0 ? x!.shape : misfit("needs at least one axis")),
  onnx: () => ({ type: "LogSoftmax", attributes: { axis: -1 } }),
  gradient: ({ output, gradient }) => [
    subtract(gradient, multiply(exp(output), sum(gradient, [gradient.shape.length - 1]))),
  ],
});

/**
 * log(e^x / sum of e^x) over the last axis, without overflow.
 * @throws ShapeError for a scalar.
 */
export function logSoftmax(x: Tensor): Tensor {
  return logSoftmaxOperation([x], undefined);
}

const logSumExpOperation = defineOperation<undefined>({
  name: "logSumExp",
  shape: ([x], _, misfit) =>
    x!.shape.length > 0 ? x!.shape.slice(0, -1) : misfit("needs at least one axis"),
  onnx: ([x]) => ({
    type: "ReduceLogSumExp",
    attributes: { keepdims: 0 },
    constants: [integers([x!.shape.length - 1])],
  }),
  gradient: ({ operands: [x], output, gradient }) => {
    const column = (tensor: Tensor) => reshape(tensor, [...tensor.shape, 1]);
    return [multiply(column(gradient), exp(subtract(x!, column(output))))];
  },
});

/**
 * log(sum of e^x) over the last axis, which is dropped, without overflow.
 * @throws ShapeError for a scalar.
 */
export function logSumExp(x: Tensor): Tensor {
  return logSumExpOperation([x], undefined);
}
