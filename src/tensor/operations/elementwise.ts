import { composite, defineOperation, type GradientContext } from "../operation.js";
import { broadcastShapes } from "../shape.js";
import { constant, type OnnxForm, type Tensor } from "../tensor.js";
import { sumTo } from "./broadcast.js";

/** An operand of elementwise arithmetic: a tensor, or a number that stands for a scalar constant. */
export type Operand = Tensor | number;

function tensorOf(operand: Operand): Tensor {
  return typeof operand === "number" ? constant(operand) : operand;
}

type Rule = (context: {
  a: Tensor;
  b: Tensor;
  output: Tensor;
  gradient: Tensor;
}) => readonly [Tensor, Tensor];

function binary(name: string, type: string, rule: Rule): (a: Operand, b: Operand) => Tensor {
  const apply = defineOperation<undefined>({
    name,
    shape: ([a, b], _, misfit) =>
      broadcastShapes(a!.shape, b!.shape) ?? misfit("extents must be equal, or 1 to be stretched"),
    onnx: () => ({ type }),
    gradient: ({ operands: [a, b], output, gradient }) => {
      const [left, right] = rule({ a: a!, b: b!, output, gradient });
      return [sumTo(left, a!.shape), sumTo(right, b!.shape)];
    },
  });
  return (a, b) => apply([tensorOf(a), tensorOf(b)], undefined);
}

/**
 * a + b, broadcast.
 * @throws ShapeError where extents are neither equal nor 1, as all operations on two tensors here.
 */
export const add = binary("add", "Add", ({ gradient }) => [gradient, gradient]);

/** a - b, broadcast. */
export const subtract = binary("subtract", "Sub", ({ gradient }) => [gradient, negate(gradient)]);

/** a * b elementwise, broadcast. */
export const multiply = binary("multiply", "Mul", ({ a, b, gradient }) => [
  multiply(gradient, b),
  multiply(gradient, a),
]);

/** a / b elementwise, broadcast. */
export const divide = binary("divide", "Div", ({ b, output, gradient }) => {
  const scaled = divide(gradient, b);
  return [scaled, negate(multiply(scaled, output))];
});

function unary(
  name: string,
  onnx: OnnxForm,
  rule: (context: { x: Tensor; output: Tensor; gradient: Tensor }) => Tensor,
): (x: Tensor) => Tensor {
  const apply = defineOperation<undefined>({
    name,
    shape: ([x]) => x!.shape,
    onnx: () => onnx,
    gradient: ({ operands: [x], output, gradient }) => [rule({ x: x!, output, gradient })],
  });
  return (x) => apply([x], undefined);
}

/** -x. */
export const negate = unary("negate", { type: "Neg" }, ({ gradient }) => negate(gradient));

/** e^x. */
export const exp = unary("exp", { type: "Exp" }, ({ output, gradient }) => multiply(gradient, output));

/** Natural logarithm. */
export const log = unary("log", { type: "Log" }, ({ x, gradient }) => divide(gradient, x));

/** Square root; its gradient is infinite at 0. */
export const sqrt = unary("sqrt", { type: "Sqrt" }, ({ output, gradient }) =>
  divide(multiply(gradient, 0.5), output),
);

/** x², as one product. */
export function square(x: Tensor): Tensor {
  return multiply(x, x);
}

/** |x|; gradient sign(x), 0 at 0. */
export const abs = unary("abs", { type: "Abs" }, ({ x, gradient }) => multiply(gradient, sign(x)));

/** -1, 0 or 1; no gradient flows. */
export const sign = unary("sign", { type: "Sign" }, ({ gradient }) => multiply(gradient, 0));

/** 1 / (1 + e^-x). */
export const sigmoid = unary("sigmoid", { type: "Sigmoid" }, ({ output, gradient }) =>
  multiply(multiply(gradient, output), subtract(1, output)),
);

/** Hyperbolic tangent. */
export const tanh = unary("tanh", { type: "Tanh" }, ({ output, gradient }) =>
  multiply(gradient, subtract(1, square(output))),
);

/** log(1 + e^x), without overflow: in pieces that the runtime computes by vectors, which its own operator is not, as max(x, 0) + log(1 + e^-|x|). */
export function softplus(x: Tensor): Tensor {
  const lowered = add(relu(x), log(add(exp(negate(abs(x))), 1)));
  return composite("softplus", [x], lowered, (gradient) => [multiply(gradient, sigmoid(x))]);
}

/** Takes every normal number that is not tiny beyond 1 in size, and zero to zero. */
const BLOW_UP = 1e38;

const clipOperation = defineOperation<readonly [number, number]>({
  name: "clip",
  shape: ([x]) => x!.shape,
  onnx: (_, bounds) => ({
    type: "Clip",
    constants: bounds.map((bound) => ({ dataType: "float32", shape: [], data: [bound] })),
  }),
  gradient: ({ operands: [x], attributes: [low, high], gradient }) => [
    where(greater(x!, low), where(greater(high, x!), gradient, 0), 0),
  ],
});

/** x limited to [low, high]; no gradient flows where it is cut, nor at the limits themselves. */
export function clip(x: Tensor, low: number, high: number): Tensor {
  return clipOperation([x], [low, high]);
}

/** 1 where positive, 0 elsewhere: what a hard sigmoid makes of numbers that are blown up. */
const step = unary(
  "step",
  {
    type: "HardSigmoid",
    attributes: { alpha: BLOW_UP, beta: 0 },
    floatAttributes: ["alpha", "beta"],
  },
  ({ gradient }) => multiply(gradient, 0),
);

const leakyReluOperation = defineOperation<number>({
  name: "leakyRelu",
  shape: ([x]) => x!.shape,
  onnx: (_, alpha) => ({ type: "LeakyRelu", attributes: { alpha }, floatAttributes: ["alpha"] }),
  // The sign of the output is that of the input, so the input need not be kept for the backward pass. The slope is
  // the output blown up and clipped: one or two vector kernels, where a comparison and a choice take three times as long.
  gradient: ({ output, attributes: alpha, gradient }: GradientContext<number>) => [
    multiply(gradient, alpha === 0 ? step(output) : clip(multiply(output, BLOW_UP), alpha, 1)),
  ],
});

/**
 * x where positive, `slope` * x elsewhere; slope 0 is the rectifier.
 * @throws RangeError when the slope is not between 0 and 1.
 */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  if (!(slope >= 0 && slope <= 1))
    throw new RangeError(`leakyRelu: the slope ${slope} is not between 0 and 1`);
  return leakyReluOperation([x], slope);
}

/** max(x, 0). */
export function relu(x: Tensor): Tensor {
  return leakyRelu(x, 0);
}

const greaterOperation = defineOperation<undefined>({
  name: "greater",
  dataType: "bool",
  shape: ([a, b], _, misfit) => broadcastShapes(a!.shape, b!.shape) ?? misfit("extents must be equal, or 1"),
  onnx: () => ({ type: "Greater" }),
});

/**
 * Whether a > b, elementwise; a condition for {@link where}. No gradient flows.
 * @throws ShapeError where extents are neither equal nor 1.
 */
export function greater(a: Operand, b: Operand): Tensor {
  return greaterOperation([tensorOf(a), tensorOf(b)], undefined);
}

const whereOperation = defineOperation<undefined>({
  name: "where",
  dataType: "float32",
  shape: ([condition, a, b], _, misfit) => {
    const values = broadcastShapes(a!.shape, b!.shape);
    return (values && broadcastShapes(condition!.shape, values)) ?? misfit("extents must be equal, or 1");
  },
  onnx: () => ({ type: "Where" }),
  gradient: ({ operands: [condition, a, b], gradient }) => [
    undefined,
    sumTo(where(condition!, gradient, 0), a!.shape),
    sumTo(where(condition!, 0, gradient), b!.shape),
  ],
});

/**
 * a where the condition holds, b elsewhere; broadcast.
 * @param condition as {@link greater} gives it.
 * @throws ShapeError where extents are neither equal nor 1.
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return whereOperation([condition, tensorOf(a), tensorOf(b)], undefined);
}
