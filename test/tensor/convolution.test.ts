import { describe, expect, test } from "vitest";
import {
  constant,
  convolve,
  convolveTransposed,
  gradients,
  multiply,
  sizeOf,
  sum,
  type Window,
} from "../../src/tensor/index.js";
import { evaluate, normals, parameter } from "./evaluate.js";
import { checkGradients, expectClose } from "./gradient-check.js";
import {
  type NaiveSizes,
  naiveConvolution,
  naiveTransposedConvolution,
  naiveWeightGradient,
} from "./naive-convolution.js";

const square = (fine: number, coarse: number, kernel: number, stride: number, padding: number): Window => ({
  fine: [fine, fine],
  coarse: [coarse, coarse],
  kernel,
  stride,
  padding,
});

/** Each path through the engine: few channels (product) or many (copy), all taps or only those inside. */
const CASES: readonly (readonly [title: string, window: Window, sizes: NaiveSizes])[] = [
  ["13 to 6, kernel 4, one channel (product)", square(13, 6, 4, 2, 1), { batch: 2, channels: [1, 3] }],
  ["6 to 3, kernel 3 (copy)", square(6, 3, 3, 2, 1), { batch: 2, channels: [9, 4] }],
  ["3 to 2, kernel 3, few channels (sparse taps)", square(3, 2, 3, 2, 1), { batch: 3, channels: [4, 5] }],
  ["3 to 2, kernel 3, many channels (sparse taps)", square(3, 2, 3, 2, 1), { batch: 3, channels: [8, 8] }],
  ["8 to 8, kernel 3, stride 1", square(8, 8, 3, 1, 1), { batch: 1, channels: [2, 8] }],
  ["7 to 7, kernel 5, stride 1", square(7, 7, 5, 1, 2), { batch: 2, channels: [8, 2] }],
  ["3 to 3, kernel 5 (sparse taps)", square(3, 3, 5, 1, 2), { batch: 2, channels: [3, 2] }],
  [
    "3 to 2, kernel 4 (more taps inside at one corner)",
    square(3, 2, 4, 2, 1),
    { batch: 2, channels: [3, 4] },
  ],
  ["the same with many channels", square(3, 2, 4, 2, 1), { batch: 2, channels: [9, 8] }],
  ["1 to 1, kernel 3 (one tap inside)", square(1, 1, 3, 1, 1), { batch: 2, channels: [3, 2] }],
  ["17 to 8, one channel, too wide for products", square(17, 8, 3, 2, 1), { batch: 2, channels: [1, 2] }],
  [
    "not square, without padding",
    { fine: [5, 9], coarse: [2, 4], kernel: 2, stride: 2, padding: 0 },
    { batch: 2, channels: [2, 3] },
  ],
  ["stride beyond the kernel", square(7, 3, 2, 3, 0), { batch: 2, channels: [9, 2] }],
  // Large enough for phases.
  ["28 to 28, kernel 4, the odd border behind", square(28, 28, 4, 1, 1), { batch: 1, channels: [8, 2] }],
  ["28 to 14, kernel 5, the odd border behind", square(28, 14, 5, 2, 1), { batch: 2, channels: [4, 3] }],
  ["32 to 16, kernel 4", square(32, 16, 4, 2, 1), { batch: 1, channels: [5, 2] }],
  ["36 to 12, kernel 3, stride 3", square(36, 12, 3, 3, 0), { batch: 1, channels: [16, 2] }],
  ["27 to 13, kernel 5, whose phases are unequal", square(27, 13, 5, 2, 1), { batch: 1, channels: [4, 2] }],
];

describe.each(CASES)("%s", (_, window, sizes) => {
  const { batch, channels } = sizes;
  const x = parameter("x", [batch * sizeOf(window.fine), channels[0]]);
  const y = parameter("y", [batch * sizeOf(window.coarse), channels[1]]);
  const weight = parameter("weight", [window.kernel ** 2 * channels[0], channels[1]]);
  const values = new Map(
    [x, y, weight].map((tensor) => [tensor, normals(sizeOf(tensor.shape), tensor.name!)]),
  );
  const numbers = { x: values.get(x)!, y: values.get(y)!, weight: values.get(weight)! };

  test("both directions and their gradients equal loops in float64", async () => {
    const coarse = convolve(x, weight, window);
    const fine = convolveTransposed(y, weight, window);
    const [coarseX, coarseWeight] = gradients(sum(multiply(coarse, y)), [x, weight]);
    const [fineY, fineWeight] = gradients(sum(multiply(fine, x)), [y, weight]);
    const outputs = {
      coarse,
      fine,
      coarseX: coarseX!,
      coarseWeight: coarseWeight!,
      fineY: fineY!,
      fineWeight: fineWeight!,
    };
    const found = await evaluate(outputs, values);
    const naiveCoarse = naiveConvolution(numbers.x, numbers.weight, window, sizes);
    const naiveFine = naiveTransposedConvolution(numbers.y, numbers.weight, window, sizes);
    const naiveWeight = naiveWeightGradient(numbers.x, numbers.y, window, sizes);
    expectClose(found.coarse, naiveCoarse, 2e-6, "convolution");
    expectClose(found.fine, naiveFine, 2e-6, "transposed convolution");
    expectClose(found.coarseX, naiveFine, 2e-6, "gradient of the convolution in x");
    expectClose(found.fineY, naiveCoarse, 2e-6, "gradient of the transposed convolution in y");
    expectClose(found.coarseWeight, naiveWeight, 2e-6, "gradient of the convolution in the weight");
    expectClose(found.fineWeight, naiveWeight, 2e-6, "gradient of the transposed convolution in the weight");
  });
});

describe("gradients against central differences", () => {
  const dense = square(4, 2, 3, 2, 1);
  const sparse = square(2, 1, 3, 2, 1);
  test.each([
    ["all taps", dense, 4],
    ["sparse taps", sparse, 1],
  ] as const)("%s", async (_, window, positions) => {
    const fine = { shape: [2 * sizeOf(window.fine), 2] };
    const weight = { shape: [9 * 2, 3] };
    await checkGradients([fine, weight], (x, w) => convolve(x!, w!, window));
    await checkGradients([{ shape: [2 * positions, 3] }, weight], (y, w) =>
      convolveTransposed(y!, w!, window),
    );
  });
});

test("a wide map needs no matrix as large as the map squared", async () => {
  const { compileProgram } = await import("../../src/onnx/compile.js");
  const window = square(64, 32, 4, 2, 1);
  const outputs = { y: convolve(parameter("x", [4096, 3]), constant(0, [48, 8]), window) };
  expect(compileProgram(outputs).bytes.length).toBeLessThan(1_000_000);
});
