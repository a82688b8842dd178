import { defineOperation } from "../operation.js";
import type { Tensor } from "../tensor.js";
import { sum } from "./broadcast.js";
import { exp, multiply, subtract } from "./elementwise.js";

const logSoftmaxOperation = defineOperation<undefined>({
  name: "logSoftmax",
  shape: ([x], _, misfit) => (x!.shape.length > 0 ? x!.shape : misfit("needs at least one axis")),
  onnx: () => ({ type: "LogSoftmax", attributes: { axis: -1 } }),
  gradient: ({ output, gradient }) => [
    subtract(gradient, multiply(exp(output), sum(gradient, [gradient.shape.length - 1]))),
  ],
});

/** log(e^x / sum of e^x) over the last axis, without overflow. */
export function logSoftmax(x: Tensor): Tensor {
  return logSoftmaxOperation([x], undefined);
}
