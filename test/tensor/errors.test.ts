import { describe, expect, test } from "vitest";
import {
  add,
  concat,
  constant,
  convolve,
  convolveTransposed,
  expand,
  gather,
  gradients,
  leakyRelu,
  matMul,
  mean,
  pad,
  reshape,
  type Shape,
  ShapeError,
  scatterSum,
  slice,
  sum,
  transpose,
  where,
} from "../../src/tensor/index.js";
import { natural } from "../../src/tensor/operations/feature-map.js";
import { parameter } from "./evaluate.js";

const x = parameter("x", [2, 3]);
const window = { fine: [3, 3], coarse: [2, 2], kernel: 3, stride: 2, padding: 1 } as const;
const stored = (shape: Shape, extent: number) => ({
  rows: parameter("rows", shape),
  order: natural([extent, extent]),
});

describe("a misfit is told with the operation, the shapes and the line that built it", () => {
  test.each<[message: string, build: () => unknown]>([
    ["add of [2, 3] and [2]: extents must be equal", () => add(x, parameter("y", [2]))],
    ["matMul of [2, 3] and [2, 3]: inner extents 3 and 2 differ", () => matMul(x, x)],
    ["matMul of [2, 3] and [3]: both need at least two axes", () => matMul(x, parameter("y", [3]))],
    [
      "matMul of [4, 2, 3] and [5, 3, 2]: leading extents differ",
      () => matMul(parameter("a", [4, 2, 3]), parameter("b", [5, 3, 2])),
    ],
    ["reshape of [2, 3]: cannot be read as [4]", () => reshape(x, [4])],
    ["reshape of [6]: cannot be read as [4]", () => reshape(reshape(x, [6]), [4])],
    ["transpose of [2, 3]: [0, 0] is no order", () => transpose(x, [0, 0])],
    ["transpose of [3]", () => transpose(parameter("y", [3]))],
    [
      "concat of [2, 3] and [3, 3]: all extents but that of axis 1",
      () => concat([x, parameter("y", [3, 3])], 1),
    ],
    ["concat of [2, 3] and [2, 3]: there is no axis 2", () => concat([x, x], 2)],
    ["concat of : needs at least one tensor", () => concat([])],
    ["slice of [2, 3]: has no range 1..4 on axis 1", () => slice(x, 1, 1, 4)],
    ["slice of [2, 3]: has no range 1..1 on axis 0", () => slice(x, 0, 1, 1)],
    ["pad of [2, 3]: cannot be padded by 1 and 0 on axis -1", () => pad(x, -1, 1, 0)],
    ["expand of [2, 3]: cannot be stretched to [2, 4]", () => expand(x, [2, 4])],
    ["expand of [2, 3]: cannot be stretched to [1, 3]", () => expand(x, [1, 3])],
    ["sum of [2, 3]: has no axes [2]", () => sum(x, [2])],
    ["where of [2, 3] and [2, 3] and [4]", () => where(x, x, parameter("y", [4]))],
    [
      "gather of [2, 3]: position 3 lies outside an axis of extent 3",
      () => gather(x, 1, { shape: [1], positions: Int32Array.of(3) }),
    ],
    [
      "gather of [2, 3]: position -2 lies outside",
      () => gather(x, 1, { shape: [1], positions: Int32Array.of(-2) }),
    ],
    ["gather of [2, 3]: there is no axis 2", () => gather(x, 2, { shape: [1], positions: Int32Array.of(0) })],
    [
      "gather of [2, 3] and [2, 2]: the table holds 1",
      () => gather(x, 1, { shape: [2, 2], positions: Int32Array.of(0) }),
    ],
    ["scatterSum of [2, 3]: axis 1 needs 2 entries", () => scatterSum(x, 1, Int32Array.of(0, 1), 4)],
    ["scatterSum of [2, 3]: position 4 lies outside", () => scatterSum(x, 1, Int32Array.of(0, 1, 4), 4)],
    [
      "convolve of [18, 2] and [9, 5]: needs the 9 positions of 3x3 maps as rows, and a weight of 18 rows",
      () => convolve(stored([18, 2], 3), parameter("w", [9, 5]), window),
    ],
    ["convolve of [17, 2] and [18, 5]", () => convolve(stored([17, 2], 3), parameter("w", [18, 5]), window)],
    [
      "convolveTransposed of [8, 5] and [10, 5]: needs the 4 positions of 2x2 maps as rows, and a weight of a multiple of 9 rows and 5 columns",
      () => convolveTransposed(stored([8, 5], 2), parameter("w", [10, 5]), window),
    ],
    [
      "convolveTransposed of [8, 5] and [18, 4]",
      () => convolveTransposed(stored([8, 5], 2), parameter("w", [18, 4]), window),
    ],
    ["constant of [2]: cannot hold 3 numbers", () => constant(new Float32Array(3), [2])],
    ["gradients of [2, 3]: only a scalar has them", () => gradients(x, [x])],
  ])("%s", (message, build) => {
    const error = thrownBy(build);
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/\(built at .*errors\.test\.ts:\d+:\d+\)$/);
  });

  test("the line is the very line, also where one operation is built of others", () => {
    const line = Number(/errors\.test\.ts:(\d+)/.exec(new Error().stack!)![1]) + 1;
    const error = thrownBy(() => mean(sum(gather(x, 1, { shape: [1], positions: Int32Array.of(7) }))));
    expect(error.message).toContain(`errors.test.ts:${line}:`);
  });
});

test("leakyRelu takes slopes from 0 to 1", () => {
  expect(() => leakyRelu(x, -0.1)).toThrow("leakyRelu: the slope -0.1 is not between 0 and 1");
  expect(() => leakyRelu(x, 1.5)).toThrow(RangeError);
});

function thrownBy(build: () => unknown): Error {
  try {
    build();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}
