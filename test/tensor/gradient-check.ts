import { expect } from "vitest";
import { gradients, multiply, type Shape, sizeOf, sum, type Tensor } from "../../src/tensor/index.js";
import { constant } from "../../src/tensor/tensor.js";
import { evaluate, normals, openProgram, parameter, type Values } from "./evaluate.js";

/** An operand of an operation under test: its shape, and how a standard normal number becomes one of its own. */
export interface OperandUnderTest {
  readonly shape: Shape;
  readonly from?: (normal: number) => number;
}

/** Distance of neighbouring points. Twice this must not reach a kink from any number drawn. */
const STEP = 0.02;
/**
 * Largest error allowed, as a share of the largest gradient (at least of 1). The stencil errs by STEP^4 / 30 of the
 * fifth derivative (5e-9 of it) and by one float32 rounding of the results over the step (6e-8 / 0.02 = 3e-6).
 */
const TOLERANCE = 1e-4;

/**
 * Compares the gradients of sum(result * random weights) with central differences of fourth order. The operation is
 * computed in float32 by the runtime, the weighted sum in float64 here.
 */
export async function checkGradients(
  operands: readonly OperandUnderTest[],
  build: (...tensors: Tensor[]) => Tensor,
): Promise<void> {
  const tensors = operands.map(({ shape }, i) => parameter(`operand ${i}`, shape));
  const values = new Map(
    tensors.map((tensor, i) => [
      tensor,
      normals(sizeOf(tensor.shape), tensor.name!).map(operands[i]!.from ?? same),
    ]),
  );
  const result = build(...tensors);
  const weights = normals(sizeOf(result.shape), "weights");
  const scalar = sum(multiply(result, constant(weights, result.shape)));
  const symbolic = gradients(scalar, tensors);
  const found = await evaluate(
    Object.fromEntries(symbolic.map((gradient, i) => [`gradient ${i}`, gradient])),
    values,
  );
  const numeric = await centralDifferences(result, weights, tensors, values);
  tensors.forEach((tensor, i) => {
    expect(symbolic[i]!.shape).toEqual(tensor.shape);
    expectClose(
      found[`gradient ${i}`]!,
      numeric[i]!,
      TOLERANCE,
      `gradient of ${tensor.name} ${tensor.shape}`,
    );
  });
}

const same = (normal: number) => normal;

async function centralDifferences(
  result: Tensor,
  weights: Float32Array,
  tensors: readonly Tensor[],
  values: Values,
): Promise<Float64Array[]> {
  const program = await openProgram({ result });
  const scalarWith = async (array: Float32Array, entry: number, value: number) => {
    const kept = array[entry]!;
    array[entry] = value;
    const results = await program.run(values);
    array[entry] = kept;
    return results.result.reduce((total, y, i) => total + y * weights[i]!, 0);
  };
  const differences: Float64Array[] = [];
  for (const tensor of tensors) {
    const array = values.get(tensor)!;
    const slopes = new Float64Array(array.length);
    for (const entry of array.keys()) {
      const x = array[entry]!;
      // The points as float32 holds them, so that the distance is the true one.
      const at = (steps: number) => Math.fround(x + steps * STEP);
      const slope = async (steps: number) =>
        ((await scalarWith(array, entry, at(steps))) - (await scalarWith(array, entry, at(-steps)))) /
        (at(steps) - at(-steps));
      slopes[entry] = (4 * (await slope(1)) - (await slope(2))) / 3;
    }
    differences.push(slopes);
  }
  await program.release();
  return differences;
}

/** Expects every number within `tolerance` times the largest expected one (at least 1). */
export function expectClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = "numbers",
): void {
  expect(found.length, `count of ${what}`).toBe(expected.length);
  const scale = Array.from(expected).reduce((maximum, number) => Math.max(maximum, Math.abs(number)), 1);
  const errors = Array.from(expected, (number, i) => Math.abs(number - found[i]!));
  // Written so that a NaN counts as an error.
  const worst = errors.findIndex((error) => !(error <= tolerance * scale));
  const message = `${what}: entry ${worst} is ${found[worst]}, expected ${expected[worst]}`;
  expect(worst, message).toBe(-1);
}
