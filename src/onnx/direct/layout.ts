import { sizeOf } from "../../tensor/shape.js";
import type { Constant } from "../../tensor/tensor.js";
import {
  FLOAT_BYTES,
  loopsOver,
  type Machine,
  type Operator,
  type Place,
  rowMajor,
  stretched,
} from "./place.js";

/** Neighbouring numbers from which on a copy of the block costs least. */
const WORTH_A_BLOCK = 16;

/** Copies one place into another of the same shape, each with strides of its own. */
function copy(from: Place, to: Place, { numbers, kernels }: Machine): () => void {
  const { count, steps, begins } = loopsOver(to.shape, [from.at, to.at], [from.strides, to.strides]);
  const [froms, tos] = begins as [Int32Array, Int32Array];
  const [step, toStep] = steps as [number, number];
  if (toStep === 1 && step === 1 && count >= WORTH_A_BLOCK)
    return () => {
      for (let i = 0; i < tos.length; i++) numbers.copyWithin(tos[i]!, froms[i]!, froms[i]! + count);
    };
  // Rows that lie equally far apart are moved by one call.
  const rows = runLength(froms, tos);
  const [fromRow, toRow] = rows > 1 ? [froms[1]! - froms[0]!, tos[1]! - tos[0]!] : [0, 0];
  const bytes = [fromRow, step, toRow, toStep].map((distance) => FLOAT_BYTES * distance);
  const [rowBytes, stepBytes, toRowBytes, toStepBytes] = bytes as [number, number, number, number];
  const move = kernels.move!;
  return () => {
    for (let i = 0; i < tos.length; i += rows)
      move(
        FLOAT_BYTES * froms[i]!,
        rowBytes,
        stepBytes,
        FLOAT_BYTES * tos[i]!,
        toRowBytes,
        toStepBytes,
        rows,
        count,
      );
  };
}

/** The largest number of rows, dividing them all, that lie equally far apart in both places whichever the first of them is. */
function runLength(froms: Int32Array, tos: Int32Array): number {
  if (froms.length < 2) return 1;
  const isEven = (i: number) =>
    froms[i]! - froms[i - 1]! === froms[1]! - froms[0]! && tos[i]! - tos[i - 1]! === tos[1]! - tos[0]!;
  let run = 1;
  while (run < froms.length && isEven(run)) run++;
  const breaks = Array.from({ length: froms.length - 1 }, (_, i) => i + 1).filter((i) => !isEven(i));
  return froms.length % run === 0 && breaks.every((i) => i % run === 0) ? run : 1;
}

const integersOf = ({ data }: Constant): number[] => Array.from(data as ArrayLike<number>);

/** The part of a place that begins at these positions. */
function part({ at, strides }: Place, begins: readonly number[], shape: readonly number[]): Place {
  return { at: begins.reduce((sum, begin, axis) => sum + begin * strides[axis]!, at), shape, strides };
}

const transpose: Operator = ([x], output, { attributes }, machine) => {
  const order = attributes!.perm as readonly number[];
  return copy(
    { ...x!, shape: output.shape, strides: order.map((axis) => x!.strides[axis]!) },
    output,
    machine,
  );
};

const expand: Operator = ([x], output, _, machine) =>
  copy({ at: x!.at, shape: output.shape, strides: stretched(x!, output.shape) }, output, machine);

/** Constants, zeros in our programs, come after the operands. */
const concat: Operator = (inputs, output, { attributes, constants = [] }, machine) => {
  const axis = attributes!.axis as number;
  let start = 0;
  const next = (shape: readonly number[]) => {
    const place = part(
      output,
      shape.map((_, i) => (i === axis ? start : 0)),
      shape,
    );
    start += shape[axis]!;
    return place;
  };
  const copies = inputs.map((input) => copy(input, next(input.shape), machine));
  const filled = constants.map((constant) => fill(next(constant.shape), constant.data, machine));
  return () => {
    for (const one of copies) one();
    for (const one of filled) one();
  };
};

/** Writes numbers, in row-major order, into a place. */
function fill({ at, shape, strides }: Place, data: ArrayLike<number>, { numbers }: Machine): () => void {
  const { count, begins, steps } = loopsOver(shape, [0, at], [rowMajor(shape), strides]);
  const [froms, tos] = begins as [Int32Array, Int32Array];
  return () => {
    for (let i = 0; i < tos.length; i++)
      for (let j = 0; j < count; j++) numbers[tos[i]! + j * steps[1]!] = data[froms[i]! + j * steps[0]!]!;
  };
}

const slice: Operator = ([x], output, { constants }, machine) => {
  const [start, , axis] = constants!.map((constant) => integersOf(constant)[0]!);
  return copy(
    part(
      { ...x!, shape: output.shape },
      output.shape.map((_, i) => (i === axis ? start! : 0)),
      output.shape,
    ),
    output,
    machine,
  );
};

const pad: Operator = ([x], output, { constants }, machine) => {
  const before = integersOf(constants![0]!).slice(0, output.shape.length);
  const inside = copy(x!, part(output, before, x!.shape), machine);
  const [from, to] = [output.at, output.at + sizeOf(output.shape)];
  return () => {
    machine.numbers.fill(0, from, to);
    inside();
  };
};

const gather: Operator = ([x], output, { attributes, constants }, { numbers }) => {
  const axis = attributes!.axis as number;
  const positions = Int32Array.from(integersOf(constants![0]!));
  const block = sizeOf(x!.shape.slice(axis + 1));
  const outer = sizeOf(x!.shape.slice(0, axis));
  const [from, to, extent] = [x!.at, output.at, x!.shape[axis]!];
  return () => {
    let target = to;
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < positions.length; j++) {
        const source = from + (i * extent + positions[j]!) * block;
        if (block >= WORTH_A_BLOCK) numbers.copyWithin(target, source, source + block);
        else for (let k = 0; k < block; k++) numbers[target + k] = numbers[source + k]!;
        target += block;
      }
    }
  };
};

export const LAYOUT: Readonly<Record<string, Operator>> = {
  Transpose: transpose,
  Expand: expand,
  Concat: concat,
  Slice: slice,
  Pad: pad,
  Gather: gather,
};
