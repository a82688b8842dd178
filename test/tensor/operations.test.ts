import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as tensor from "../../src/tensor/index.js";
import {
  abs,
  add,
  addBias,
  clip,
  concat,
  convolveImages,
  convolveToImages,
  convolveTransposedToImages,
  divide,
  exp,
  expand,
  gather,
  gradients,
  greater,
  imagesOf,
  leakyRelu,
  log,
  logSoftmax,
  logSumExp,
  mapOfImages,
  matMul,
  matMulTransposed,
  mean,
  multiply,
  negate,
  type Operand,
  pad,
  relu,
  reshape,
  type Shape,
  scatterSum,
  sigmoid,
  sign,
  slice,
  softplus,
  sqrt,
  square,
  subtract,
  sum,
  sumOver,
  sumTo,
  type Tensor,
  tanh,
  transpose,
  where,
} from "../../src/tensor/index.js";
import { broadcastableShapes } from "./broadcast-shapes.js";
import { evaluate, normals, parameter } from "./evaluate.js";
import { checkGradients, type OperandUnderTest } from "./gradient-check.js";
import { convolve, convolveTransposed } from "./image-rows.js";

// Where a function has a kink, points of a grid that stays a quarter away from every multiple of one half.
const onGrid = (normal: number) => Math.round(normal * 2) / 2 + 0.25;
const positive = (normal: number) => Math.abs(normal) + 0.5;
const awayFromZero = (normal: number) => Math.sign(normal) * positive(normal);

const of = (shape: Shape, from?: (normal: number) => number): OperandUnderTest =>
  from ? { shape, from } : { shape };

function unary(operation: (x: Tensor) => Tensor, from?: (normal: number) => number) {
  return () => checkGradients([of([2, 5], from)], (x) => operation(x!));
}

/** A property over shapes that broadcast together; the runs are few since each compiles three programs. */
function broadcasting(
  froms: readonly (((normal: number) => number) | undefined)[],
  build: (...tensors: Tensor[]) => Tensor,
) {
  return () =>
    fc.assert(
      fc.asyncProperty(broadcastableShapes(froms.length), (shapes) =>
        checkGradients(
          shapes.map((shape, i) => of(shape, froms[i])),
          build,
        ),
      ),
      { numRuns: 15, seed: 1 },
    );
}

function binary(operation: (a: Operand, b: Operand) => Tensor, from?: (normal: number) => number) {
  return broadcasting([undefined, from], (a, b) => operation(a!, b!));
}

const small = { fine: [4, 4], coarse: [2, 2], kernel: 3, stride: 2, padding: 1 } as const;
const positions = Int32Array.of(2, -1, 0, 2, 1, 2);
const table = { shape: [3, 2], positions };

/** How the gradient of every exported operation is checked. */
const CHECKS: Readonly<Record<string, () => Promise<void>>> = {
  abs: unary(abs, onGrid),
  add: binary(add),
  clip: unary((x) => clip(x, -0.5, 0.5), onGrid),
  concat: () => checkGradients([of([2, 3]), of([2, 1]), of([2, 2])], (...parts) => concat(parts, 1)),
  convolve: () => checkGradients([of([32, 2]), of([18, 3])], (x, w) => convolve(x!, w!, small)),
  convolveTransposed: () =>
    checkGradients([of([8, 3]), of([18, 3])], (y, w) => convolveTransposed(y!, w!, small)),
  convolveImages: () =>
    checkGradients([of([2, 32]), of([18, 3])], (x, w) => convolveImages(x!, w!, small).rows),
  convolveToImages: () =>
    checkGradients([of([2, 32]), of([18, 3])], (x, w) =>
      convolveToImages(mapOfImages(x!, [4, 4]), w!, small),
    ),
  convolveTransposedToImages: () =>
    checkGradients([of([2, 12]), of([18, 3])], (y, w) =>
      convolveTransposedToImages(mapOfImages(y!, [2, 2]), w!, small),
    ),
  divide: binary(divide, awayFromZero),
  exp: unary(exp),
  expand: () =>
    fc.assert(
      fc.asyncProperty(broadcastableShapes(1), fc.integer({ min: 1, max: 3 }), ([shape], extent) =>
        checkGradients([of(shape!)], (x) =>
          expand(x!, [extent, ...shape!.map((e) => (e === 1 ? extent : e))]),
        ),
      ),
      { numRuns: 15, seed: 1 },
    ),
  gather: async () => {
    await checkGradients([of([2, 3, 2])], (x) => gather(x!, 1, table));
    await checkGradients([of([2, 3, 9])], (x) => gather(x!, 1, table));
    await checkGradients([of([3, 2])], (x) => gather(x!, 0, table));
    await checkGradients([of([3, 9])], (x) => gather(x!, 0, table));
  },
  imagesOf: () =>
    checkGradients([of([12, 3])], (rows) =>
      imagesOf({
        rows: rows!,
        order: [
          [1, 0],
          [2, 0, 1],
        ],
      }),
    ),
  leakyRelu: unary((x) => leakyRelu(x, 0.2), onGrid),
  log: unary(log, positive),
  mapOfImages: () => checkGradients([of([2, 12])], (images) => mapOfImages(images!, [2, 3]).rows),
  matMul: async () => {
    await checkGradients([of([2, 3]), of([3, 4])], (a, b) => matMul(a!, b!));
    const batches = broadcastableShapes(2, 2);
    await fc.assert(
      fc.asyncProperty(batches, ([a, b]) =>
        checkGradients([of([...a!, 2, 3]), of([...b!, 3, 2])], (left, right) => matMul(left!, right!)),
      ),
      { numRuns: 10, seed: 1 },
    );
  },
  logSoftmax: async () => {
    await checkGradients([of([3, 4])], (x) => logSoftmax(x!));
    await checkGradients([of([2, 2, 5])], (x) => logSoftmax(x!));
  },
  logSumExp: async () => {
    await checkGradients([of([3, 4])], (x) => logSumExp(x!));
    await checkGradients([of([2, 2, 5])], (x) => logSumExp(x!));
  },
  matMulTransposed: async () => {
    await checkGradients([of([2, 3]), of([4, 3])], (a, b) => matMulTransposed(a!, b!));
    await checkGradients([of([5, 2, 3]), of([5, 4, 3])], (a, b) => matMulTransposed(a!, b!));
  },
  addBias: async () => {
    await checkGradients([of([4, 3]), of([3])], (x, bias) => addBias(x!, bias!));
    await checkGradients([of([4, 1]), of([1])], (x, bias) => addBias(x!, bias!));
  },
  mean: unary(mean),
  multiply: binary(multiply),
  negate: unary(negate),
  pad: async () => {
    await checkGradients([of([2, 3])], (x) => pad(x!, 1, 0, 2));
    await checkGradients([of([2, 3])], (x) => pad(x!, 0, 1, 0));
    await checkGradients([of([2, 3])], (x) => pad(x!, 1, 2, 1));
  },
  relu: unary(relu, onGrid),
  reshape: unary((x) => reshape(reshape(x, [10]), [5, 1, 2])),
  scatterSum: async () => {
    await checkGradients([of([2, 6, 2])], (x) => scatterSum(x!, 1, positions, 4));
    await checkGradients([of([2, 6, 9])], (x) => scatterSum(x!, 1, positions, 4));
    await checkGradients([of([6, 2])], (x) => scatterSum(x!, 0, positions, 4));
    await checkGradients([of([6, 9])], (x) => scatterSum(x!, 0, positions, 4));
  },
  sigmoid: unary(sigmoid),
  slice: async () => {
    await checkGradients([of([2, 5])], (x) => slice(x!, 1, 1, 3));
    await checkGradients([of([2, 5])], (x) => slice(x!, 1, 0, 2));
    await checkGradients([of([2, 5])], (x) => slice(x!, 0, 1, 2));
  },
  softplus: unary(softplus),
  sqrt: unary(sqrt, positive),
  square: unary(square),
  subtract: binary(subtract),
  sum: async () => {
    await unary((x) => sum(x))();
    await checkGradients([of([2, 3, 2])], (x) => sum(x!, [1]));
    await checkGradients([of([2, 3, 2])], (x) => sum(x!, [0, 2]));
  },
  sumOver: () => checkGradients([of([2, 3, 2])], (x) => sumOver(x!, [0, 2])),
  sumTo: broadcasting([undefined, undefined], (a, b) => sumTo(add(a!, b!), b!.shape)),
  tanh: unary(tanh),
  transpose: async () => {
    await unary((x) => transpose(x))();
    await checkGradients([of([2, 3, 4])], (x) => transpose(x!, [2, 0, 1]));
  },
  where: broadcasting([onGrid, undefined, undefined], (c, a, b) => where(greater(c!, 0), a!, b!)),
};

/** Exports that have no gradient to check, and why. */
const WITHOUT_GRADIENT: Readonly<Record<string, string>> = {
  constant: "makes a leaf",
  gradients: "makes gradients; of the second order below",
  greater: "its result is a condition",
  input: "makes a leaf",
  named: "changes the name only",
  ShapeError: "an error",
  sign: "flat wherever it has a slope; zero is expected below",
  sizeOf: "counts",
};

test("every export has a gradient check, or a reason for none", () => {
  const listed = [...Object.keys(CHECKS), ...Object.keys(WITHOUT_GRADIENT)];
  expect(listed.toSorted()).toEqual(Object.keys(tensor).toSorted());
});

describe("gradients against central differences", () => {
  test.each(Object.entries(CHECKS))("%s", (_, check) => check());

  test("where there is no slope the gradient is zero", async () => {
    const x = parameter("x", [4]);
    const outputs = { slope: gradients(sum(sign(x)), [x])[0]! };
    expect(await evaluate(outputs, new Map([[x, normals(4, "x")]]))).toEqual({ slope: new Float32Array(4) });
  });

  test("a tensor the scalar does not rest on gets zeros", async () => {
    const x = parameter("x", [1]);
    const [slope] = gradients(sum(square(x)), [parameter("other", [2])]);
    expect(await evaluate({ slope: slope! })).toEqual({ slope: new Float32Array(2) });
  });

  test("a tensor used twice gathers both gradients, and inner tensors have gradients too", async () => {
    const x = parameter("x", [2]);
    const inner = exp(x);
    const folded = reshape(inner, [2, 1]);
    const loss = sum(multiply(reshape(folded, [1, 2]), x));
    const [slope, innerSlope, foldedSlope] = gradients(loss, [x, inner, folded]);
    const values = new Map([[x, Float32Array.of(0.5, -1)]]);
    const found = await evaluate(
      { slope: slope!, innerSlope: innerSlope!, foldedSlope: foldedSlope! },
      values,
    );
    [0.5, -1].forEach((number, i) => {
      expect(found.slope[i]).toBeCloseTo((1 + number) * Math.exp(number), 5);
      expect(found.innerSlope[i]).toBe(number);
      expect(found.foldedSlope[i]).toBe(number);
    });
  });

  test("second order: the gradient of a gradient", async () => {
    await checkGradients([of([2, 3]), of([3, 2])], (x, w) => {
      const [slope] = gradients(sum(square(tanh(matMul(x!, w!)))), [x!]);
      return slope!;
    });
    await checkGradients([of([32, 1]), of([9, 2])], (x, w) => {
      const activity = leakyRelu(convolve(x!, w!, small));
      return gradients(sum(multiply(activity, softplus(activity))), [w!])[0]!;
    });
  });
});

describe("values", () => {
  const points = Float32Array.of(-30, -2.5, -1, -0.25, 0.125, 1, 3, 40);
  test.each<[string, (x: Tensor) => Tensor, (x: number) => number]>([
    ["abs", abs, Math.abs],
    ["clip", (x) => clip(x, -1.5, 2), (x) => Math.min(2, Math.max(-1.5, x))],
    ["exp", exp, Math.exp],
    ["leakyRelu", (x) => leakyRelu(x), (x) => (x > 0 ? x : 0.01 * x)],
    ["log", (x) => log(abs(x)), (x) => Math.log(Math.abs(x))],
    ["negate", negate, (x) => -x],
    ["relu", relu, (x) => Math.max(0, x)],
    ["sigmoid", sigmoid, (x) => 1 / (1 + Math.exp(-x))],
    ["sign", sign, Math.sign],
    ["softplus", softplus, (x) => (x > 30 ? x : Math.log1p(Math.exp(x)))],
    ["sqrt", (x) => sqrt(abs(x)), (x) => Math.sqrt(Math.abs(x))],
    ["square", square, (x) => x * x],
    ["tanh", tanh, Math.tanh],
    ["add", (x) => add(x, 2), (x) => x + 2],
    ["subtract", (x) => subtract(2, x), (x) => 2 - x],
    ["multiply", (x) => multiply(3, x), (x) => 3 * x],
    ["divide", (x) => divide(3, x), (x) => 3 / x],
    ["where", (x) => where(greater(x, 0.5), x, -1), (x) => (x > 0.5 ? x : -1)],
  ])("%s", async (_, operation, expected) => {
    const x = parameter("x", [points.length]);
    const { y } = await evaluate({ y: operation(x) }, new Map([[x, points]]));
    points.forEach((point, i) => {
      const right = expected(point);
      expect(Math.abs(y[i]! - right), `at ${point}: ${y[i]}`).toBeLessThanOrEqual(
        1e-5 * Math.abs(right) + 1e-7,
      );
    });
  });

  test("sums and means, by axes", async () => {
    const x = parameter("x", [2, 3]);
    const values = new Map([[x, Float32Array.of(1, 2, 3, 4, 5, 6)]]);
    const outputs = { all: sum(x), rows: sum(x, [1]), columns: sumOver(x, [0]), average: mean(x) };
    expect(Object.values(outputs).map(({ shape }) => shape)).toEqual([[1, 1], [2, 1], [3], []]);
    expect(await evaluate(outputs, values)).toEqual({
      all: Float32Array.of(21),
      rows: Float32Array.of(6, 15),
      columns: Float32Array.of(5, 7, 9),
      average: Float32Array.of(3.5),
    });
  });

  test("layout: concat, slice, pad, transpose, expand, reshape", async () => {
    const x = parameter("x", [2, 2]);
    const values = new Map([[x, Float32Array.of(1, 2, 3, 4)]]);
    const outputs = {
      concat: concat([x, x], 1),
      slice: slice(x, 0, 1, 2),
      padAfter: pad(x, 1, 0, 1),
      padBefore: pad(x, 1, 1, 0),
      transpose: transpose(x),
      expand: expand(slice(x, 0, 0, 1), [2, 2]),
      reshape: reshape(x, [4]),
    };
    expect(await evaluate(outputs, values)).toEqual({
      concat: Float32Array.of(1, 2, 1, 2, 3, 4, 3, 4),
      slice: Float32Array.of(3, 4),
      padAfter: Float32Array.of(1, 2, 0, 3, 4, 0),
      padBefore: Float32Array.of(0, 1, 2, 0, 3, 4),
      transpose: Float32Array.of(1, 3, 2, 4),
      expand: Float32Array.of(1, 2, 1, 2),
      reshape: Float32Array.of(1, 2, 3, 4),
    });
  });

  test("the slope of leakyRelu is right at 0, at the smallest and at the largest numbers", async () => {
    const x = parameter("x", [6]);
    const values = new Map([[x, Float32Array.of(0, 1e-30, -1e-30, 1e30, -1e30, -0)]]);
    const [leaky] = gradients(sum(leakyRelu(x, 0.1)), [x]);
    const [rectified] = gradients(sum(relu(x)), [x]);
    const found = await evaluate({ leaky: leaky!, rectified: rectified! }, values);
    expect(found.leaky).toEqual(Float32Array.of(0.1, 1, 0.1, 1, 0.1, 0.1));
    // Adding 0 takes -0 for 0.
    expect(found.rectified.map((slope) => slope + 0)).toEqual(Float32Array.of(0, 1, 0, 1, 0, 0));
  });
});
