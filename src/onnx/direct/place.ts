import type { KernelFunction } from "../../kernels/kernel.js";
import type { Shape } from "../../tensor/shape.js";
import type { OnnxForm } from "../../tensor/tensor.js";

/** Where a tensor's numbers lie in the memory of a program. Strides count numbers; those of a tensor as it was computed are row-major. */
export interface Place {
  readonly at: number;
  readonly shape: Shape;
  readonly strides: readonly number[];
}

/** The memory of a program, and the inner loops that work on it. */
export interface Machine {
  readonly numbers: Float32Array;
  readonly kernels: Readonly<Record<string, KernelFunction>>;
  /** Where products put columns that they need side by side: {@link SCRATCH} numbers. */
  readonly scratch: number;
  /** Where products of few columns put them, eight apart. */
  readonly narrow: number;
}

/** One operation of a program, ready to run. */
export type Action = () => void;

/** What makes an operation ready: of the places of its operands and its result, and of how ONNX writes it. */
export type Operator = (inputs: readonly Place[], output: Place, form: OnnxForm, machine: Machine) => Action;

/** Numbers of depth that a product takes at a time: eight columns of them fit into the fastest cache. */
export const DEPTH = 512;
/** Room for eight columns of that depth. */
export const SCRATCH = 8 * DEPTH;
export const FLOAT_BYTES = 4;

/** Strides of numbers in row-major order. */
export function rowMajor(shape: Shape): number[] {
  let step = 1;
  return shape
    .map((_, i) => {
      const axis = shape.length - 1 - i;
      const stride = step;
      step *= shape[axis]!;
      return stride;
    })
    .reverse();
}

/** Strides with which a place is read as a larger shape: 0 along axes that are stretched. */
export function stretched({ shape, strides }: Place, to: Shape): number[] {
  const missing = to.length - shape.length;
  return to.map((extent, axis) => {
    const own = shape[axis - missing];
    return own === undefined || (own === 1 && extent !== 1) ? 0 : strides[axis - missing]!;
  });
}

/** Loops over some places at once: the innermost by itself, and where it begins in each of them. */
export interface Loops {
  /** Numbers of the innermost loop, and its stride in each place. */
  readonly count: number;
  readonly steps: readonly number[];
  /** Where the innermost loop begins, for each of the outer ones, in each place. */
  readonly begins: readonly Int32Array[];
}

/** The fewest loops over a shape that some places with their own strides have in common. */
export function loopsOver(
  shape: Shape,
  at: readonly number[],
  strides: readonly (readonly number[])[],
): Loops {
  const axes: { extent: number; steps: number[] }[] = [];
  for (const [axis, extent] of shape.entries()) {
    if (extent === 1) continue;
    const steps = strides.map((of) => of[axis]!);
    const outer = axes.at(-1);
    // An axis that continues the one around it is one loop with it.
    if (outer?.steps.every((step, i) => step === steps[i]! * extent)) {
      outer.extent *= extent;
      outer.steps = steps;
    } else axes.push({ extent, steps });
  }
  const inner = axes.pop() ?? { extent: 1, steps: strides.map(() => 1) };
  const begins = at.map((first, place) =>
    axes.reduce(
      (starts, { extent, steps }) =>
        Int32Array.from(
          { length: starts.length * extent },
          (_, i) => starts[Math.floor(i / extent)]! + (i % extent) * steps[place]!,
        ),
      Int32Array.of(first),
    ),
  );
  return { count: inner.extent, steps: inner.steps, begins };
}
