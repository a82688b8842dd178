import { sizeOf } from "../../tensor/shape.js";
import { FLOAT_BYTES, loopsOver, type Operator, type Place, stretched } from "./place.js";

/** Numbers from which on a call of an inner loop costs less than a loop here. */
const WORTH_A_CALL = 8;

/** Arithmetic of two operands, broadcast: by an inner loop of the kernel, or of these functions where rows are short. */
function binary(name: string, of: (a: number, b: number) => number): Operator {
  return ([a, b], output, _, { numbers, kernels }) => {
    const loops = loopsOver(
      output.shape,
      [a!.at, b!.at, output.at],
      [stretched(a!, output.shape), stretched(b!, output.shape), output.strides],
    );
    const { count, steps, begins } = loops;
    const [aSteps, bSteps] = [steps[0]!, steps[1]!];
    const [froms, others, tos] = begins as [Int32Array, Int32Array, Int32Array];
    if (count >= WORTH_A_CALL || tos.length === 1) {
      const kernel = kernels[name]!;
      return () => {
        for (let i = 0; i < tos.length; i++)
          kernel(
            FLOAT_BYTES * froms[i]!,
            4 * FLOAT_BYTES * aSteps,
            FLOAT_BYTES * others[i]!,
            4 * FLOAT_BYTES * bSteps,
            FLOAT_BYTES * tos[i]!,
            count,
          );
      };
    }
    return () => {
      for (let i = 0; i < tos.length; i++) {
        const [from, other, to] = [froms[i]!, others[i]!, tos[i]!];
        for (let j = 0; j < count; j++)
          numbers[to + j] = of(numbers[from + j * aSteps]!, numbers[other + j * bSteps]!);
      }
    };
  };
}

/** An inner loop of the kernel over one operand, with numbers of the operator after it. */
function unary(
  name: string,
  settings: (form: Parameters<Operator>[2]) => readonly number[] = () => [],
): Operator {
  return ([x], output, form, { kernels }) => {
    const kernel = kernels[name]!;
    const args = [FLOAT_BYTES * x!.at, FLOAT_BYTES * output.at, sizeOf(output.shape), ...settings(form)];
    return () => kernel(...args);
  };
}

/** A function of JavaScript of each number. */
function each(of: (x: number) => number): Operator {
  return ([x], output, _, { numbers }) => {
    const [from, to, count] = [x!.at, output.at, sizeOf(output.shape)];
    return () => {
      for (let i = 0; i < count; i++) numbers[to + i] = of(numbers[from + i]!);
    };
  };
}

const greater: Operator = ([a, b], output, _, { numbers }) => {
  const { count, steps, begins } = overlaid([a!, b!], output);
  const [froms, others, tos] = begins as [Int32Array, Int32Array, Int32Array];
  const [aStep, bStep] = [steps[0]!, steps[1]!];
  return () => {
    for (let i = 0; i < tos.length; i++)
      for (let j = 0; j < count; j++)
        numbers[tos[i]! + j] = numbers[froms[i]! + j * aStep]! > numbers[others[i]! + j * bStep]! ? 1 : 0;
  };
};

const where: Operator = ([condition, a, b], output, _, { numbers }) => {
  const { count, steps, begins } = overlaid([condition!, a!, b!], output);
  const [conditions, froms, others, tos] = begins as [Int32Array, Int32Array, Int32Array, Int32Array];
  const [step, aStep, bStep] = [steps[0]!, steps[1]!, steps[2]!];
  return () => {
    for (let i = 0; i < tos.length; i++)
      for (let j = 0; j < count; j++)
        numbers[tos[i]! + j] =
          numbers[conditions[i]! + j * step]! !== 0
            ? numbers[froms[i]! + j * aStep]!
            : numbers[others[i]! + j * bStep]!;
  };
};

function overlaid(inputs: readonly Place[], output: Place) {
  const places = [...inputs, output];
  return loopsOver(
    output.shape,
    places.map(({ at }) => at),
    places.map((place) => stretched(place, output.shape)),
  );
}

/** Conditions are numbers here, 1 or 0. */
export const ELEMENTWISE: Readonly<Record<string, Operator>> = {
  Add: binary("add", (a, b) => a + b),
  Sub: binary("subtract", (a, b) => a - b),
  Mul: binary("multiply", (a, b) => a * b),
  Div: binary("divide", (a, b) => a / b),
  Neg: unary("negate"),
  Exp: unary("exp"),
  Sigmoid: unary("sigmoid"),
  Abs: unary("abs"),
  Sqrt: unary("sqrt"),
  LeakyRelu: unary("leakyRelu", ({ attributes }) => [Number(attributes?.alpha ?? 0.01)]),
  Clip: unary("clip", ({ constants }) => constants!.map(({ data }) => data[0]!)),
  HardSigmoid: unary("hardSigmoid", ({ attributes }) => [
    Number(attributes?.alpha),
    Number(attributes?.beta),
  ]),
  Log: each(Math.log),
  Tanh: each(Math.tanh),
  Sign: each(Math.sign),
  Greater: greater,
  Where: where,
};
