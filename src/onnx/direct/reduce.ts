import { sizeOf } from "../../tensor/shape.js";
import type { Constant } from "../../tensor/tensor.js";
import { FLOAT_BYTES, loopsOver, type Operator } from "./place.js";

const sum: Operator = ([x], output, { constants }, { numbers, kernels }) => {
  const axes = Array.from((constants![0] as Constant).data as ArrayLike<number>);
  const into = output.strides.map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const { count, steps, begins } = loopsOver(x!.shape, [x!.at, output.at], [x!.strides, into]);
  const [froms, tos] = begins as [Int32Array, Int32Array];
  const end = output.at + sizeOf(output.shape);
  const add = kernels.add!;
  const isAcross = steps[1] === 0 || count === 1;
  // An inner loop of the kernel writes beyond the last number: into the next sum, unless it ends there.
  const isByKernel = !isAcross && count % 4 === 0;
  return () => {
    numbers.fill(0, output.at, end);
    for (let i = 0; i < tos.length; i++) {
      const [from, to] = [froms[i]!, tos[i]!];
      if (isAcross) {
        let total = 0;
        for (let j = 0; j < count; j++) total += numbers[from + j]!;
        numbers[to]! += total;
      } else if (isByKernel) add(FLOAT_BYTES * to, 16, FLOAT_BYTES * from, 16, FLOAT_BYTES * to, count);
      else for (let j = 0; j < count; j++) numbers[to + j]! += numbers[from + j]!;
    }
  };
};

/** An operator of each row of the last axis: given where it begins, and its length. */
function byRow(write: (numbers: Float32Array, from: number, length: number, to: number) => void): Operator {
  return ([x], output, _, { numbers }) => {
    const length = x!.shape.at(-1)!;
    const rows = sizeOf(x!.shape) / length;
    const each = sizeOf(output.shape) / rows;
    return () => {
      for (let i = 0; i < rows; i++) write(numbers, x!.at + i * length, length, output.at + i * each);
    };
  };
}

function maximum(numbers: Float32Array, from: number, length: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) largest = Math.max(largest, numbers[from + i]!);
  return largest;
}

/** log of the sum of e^x, without overflow; of -infinity alone it is that. */
function logSumExp(numbers: Float32Array, from: number, length: number): number {
  const largest = maximum(numbers, from, length);
  if (!Number.isFinite(largest)) return largest;
  let total = 0;
  for (let i = 0; i < length; i++) total += Math.exp(numbers[from + i]! - largest);
  return largest + Math.log(total);
}

/** Of rows of the last axis but for the sum, which is over any. */
export const REDUCE: Readonly<Record<string, Operator>> = {
  ReduceSum: sum,
  ReduceLogSumExp: byRow((numbers, from, length, to) => {
    numbers[to] = logSumExp(numbers, from, length);
  }),
  LogSoftmax: byRow((numbers, from, length, to) => {
    const whole = logSumExp(numbers, from, length);
    for (let i = 0; i < length; i++) numbers[to + i] = numbers[from + i]! - whole;
  }),
};
