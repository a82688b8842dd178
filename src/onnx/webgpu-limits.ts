import { defineOperation } from "../tensor/operation.js";
import { sum } from "../tensor/operations/broadcast.js";
import { add, clip, exp, greater, log, subtract, where } from "../tensor/operations/elementwise.js";
import { integers, reshape } from "../tensor/operations/layout.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ProgramLimits } from "./compile.js";

/** The largest finite float32, up to the last digits. */
const HUGE = 3.4e38;

const maximumOperation = defineOperation<undefined>({
  name: "maximum",
  shape: ([x]) => [...x!.shape.slice(0, -1), 1],
  onnx: ([x]) => ({
    type: "ReduceMax",
    attributes: { keepdims: 1 },
    constants: [integers([x!.shape.length - 1])],
  }),
});

/** x minus its maximum over the last axis, and that maximum, [..., 1]. */
function belowMaximum(x: Tensor): { readonly maximum: Tensor; readonly rest: Tensor } {
  // Finite, since a row of -infinity alone would give NaN.
  const maximum = clip(maximumOperation([x], undefined), -HUGE, HUGE);
  return { maximum, rest: subtract(x, maximum) };
}

/** log of the sum of e^x over the last axis, [..., 1]. */
function logOfSum(x: Tensor): Tensor {
  return reshape(log(sum(exp(x), [x.shape.length - 1])), [...x.shape.slice(0, -1), 1]);
}

/**
 * What ONNX Runtime (1.30) on WebGPU cannot do. A kernel binds eight buffers at a time. Of the operators that programs use, Sign and LogSoftmax have no kernel,
 * and that of ReduceLogSumExp overflows: it gives infinity for [100, 100] and -88 for [-200, -200].
 */
export const WEBGPU_LIMITS: ProgramLimits = {
  maxOperands: 6,
  replacements: {
    Sign: ([x]) => where(greater(x!, 0), 1, where(greater(0, x!), -1, 0)),
    LogSoftmax: ([x]) => {
      const { rest } = belowMaximum(x!);
      return subtract(rest, logOfSum(rest));
    },
    ReduceLogSumExp: ([x]) => {
      const { maximum, rest } = belowMaximum(x!);
      return reshape(add(maximum, logOfSum(rest)), x!.shape.slice(0, -1));
    },
  },
};
