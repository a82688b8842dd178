import { describe, expect, test } from "vitest";
import {
  constant,
  convolveImages,
  convolveToImages,
  convolveTransposedToImages,
  gradients,
  imagesOf,
  mapOfImages,
  multiply,
  reshape,
  sizeOf,
  sum,
  type Tensor,
  type Window,
} from "../../src/tensor/index.js";
import { convolve as convolveMap } from "../../src/tensor/operations/convolution.js";
import { type ConvolutionMethod, cheapestMethod } from "../../src/tensor/operations/convolution-cost.js";
import { evaluate, normals, parameter } from "./evaluate.js";
import { LARGEST_FILTERING_ERROR, rmsError } from "./filtering-error.js";
import { checkGradients, expectClose } from "./gradient-check.js";
import { convolve, convolveTransposed } from "./image-rows.js";
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

const CASES: readonly (readonly [title: string, window: Window, sizes: NaiveSizes])[] = [
  ["13 to 6, kernel 4, one channel", square(13, 6, 4, 2, 1), { batch: 2, channels: [1, 3] }],
  ["6 to 3, kernel 3", square(6, 3, 3, 2, 1), { batch: 2, channels: [9, 4] }],
  ["3 to 2, kernel 3, few channels", square(3, 2, 3, 2, 1), { batch: 3, channels: [4, 5] }],
  ["3 to 2, kernel 3, many channels", square(3, 2, 3, 2, 1), { batch: 3, channels: [8, 8] }],
  ["8 to 8, kernel 3, stride 1", square(8, 8, 3, 1, 1), { batch: 1, channels: [2, 8] }],
  ["7 to 7, kernel 5, stride 1", square(7, 7, 5, 1, 2), { batch: 2, channels: [8, 2] }],
  ["3 to 3, kernel 5", square(3, 3, 5, 1, 2), { batch: 2, channels: [3, 2] }],
  [
    "3 to 2, kernel 4 (more taps inside at one corner)",
    square(3, 2, 4, 2, 1),
    { batch: 2, channels: [3, 4] },
  ],
  ["the same with many channels", square(3, 2, 4, 2, 1), { batch: 2, channels: [9, 8] }],
  ["1 to 1, kernel 3 (one tap inside)", square(1, 1, 3, 1, 1), { batch: 2, channels: [3, 2] }],
  ["7 to 1, the kernel is the map", square(7, 1, 7, 1, 0), { batch: 3, channels: [3, 4] }],
  ["17 to 8, one channel", square(17, 8, 3, 2, 1), { batch: 2, channels: [1, 2] }],
  [
    "not square, without padding",
    { fine: [5, 9], coarse: [2, 4], kernel: 2, stride: 2, padding: 0 },
    { batch: 2, channels: [2, 3] },
  ],
  [
    "not square, other tiles on the two axes",
    { fine: [6, 17], coarse: [6, 17], kernel: 3, stride: 1, padding: 1 },
    { batch: 2, channels: [9, 4] },
  ],
  ["stride beyond the kernel", square(7, 3, 2, 3, 0), { batch: 2, channels: [9, 2] }],
  ["28 to 28, kernel 4, the odd border behind", square(28, 28, 4, 1, 1), { batch: 1, channels: [8, 2] }],
  ["28 to 14, kernel 5, the odd border behind", square(28, 14, 5, 2, 1), { batch: 2, channels: [4, 3] }],
  ["32 to 16, kernel 4", square(32, 16, 4, 2, 1), { batch: 1, channels: [5, 2] }],
  ["36 to 12, kernel 3, stride 3", square(36, 12, 3, 3, 0), { batch: 1, channels: [16, 2] }],
  ["27 to 13, kernel 5, rows left over", square(27, 13, 5, 2, 1), { batch: 1, channels: [4, 2] }],
];

/** Every way, with tiles that fill the map and tiles that do not; undefined for the one chosen by cost. */
function methodsOf({ coarse, kernel }: Window): (ConvolutionMethod | undefined)[] {
  const longest = Math.max(1, 9 - kernel);
  const tiles = [2, longest].filter((tile) => tile <= Math.min(longest, coarse[1]));
  return [
    undefined,
    { kind: "direct" },
    { kind: "sparse" },
    ...tiles.map((tile) => ({ kind: "filtered", tile: [Math.min(tile, coarse[0]), tile] }) as const),
  ];
}

const describeMethod = (method: ConvolutionMethod | undefined) =>
  method ? [method.kind, ...("tile" in method ? method.tile : [])].join(" ") : "cheapest";

/** Patches and taps are plain sums: every number is held to 2e-6 of the largest. Filtering is held to its stated error. */
const closeIn = (method: ConvolutionMethod | undefined) =>
  method && method.kind !== "filtered" ? expectPlainSums : expectFiltered;
const expectPlainSums = (found: Float32Array, exact: Float64Array, what: string) =>
  expectClose(found, exact, 2e-6, what);
const expectFiltered = (found: Float32Array, exact: Float64Array, what: string) =>
  expect(rmsError(found, exact), what).toBeLessThan(LARGEST_FILTERING_ERROR);

describe.each(CASES)("%s", (_, window, sizes) => {
  const { batch, channels } = sizes;
  const x = parameter("x", [batch * sizeOf(window.fine), channels[0]]);
  const y = parameter("y", [batch * sizeOf(window.coarse), channels[1]]);
  const weight = parameter("weight", [window.kernel ** 2 * channels[0], channels[1]]);
  const values = new Map(
    [x, y, weight].map((tensor) => [tensor, normals(sizeOf(tensor.shape), tensor.name!)]),
  );
  const numbers = { x: values.get(x)!, y: values.get(y)!, weight: values.get(weight)! };
  const naiveCoarse = naiveConvolution(numbers.x, numbers.weight, window, sizes);
  const naiveFine = naiveTransposedConvolution(numbers.y, numbers.weight, window, sizes);
  const naiveWeight = naiveWeightGradient(numbers.x, numbers.y, window, sizes);

  /** Both directions and all gradients against loops in float64. */
  async function expectExact(
    coarse: Tensor,
    fine: Tensor,
    expectEqual: typeof expectFiltered,
  ): Promise<void> {
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
    expectEqual(found.coarse, naiveCoarse, "convolution");
    expectEqual(found.fine, naiveFine, "transposed convolution");
    expectEqual(found.coarseX, naiveFine, "gradient of the convolution in x");
    expectEqual(found.fineY, naiveCoarse, "gradient of the transposed convolution in y");
    expectEqual(found.coarseWeight, naiveWeight, "gradient of the convolution in the weight");
    expectEqual(found.fineWeight, naiveWeight, "gradient of the transposed one in the weight");
  }

  test.each(methodsOf(window).map((method) => [describeMethod(method), method] as const))(
    "%s: both directions and their gradients equal loops in float64",
    async (_, method) => {
      const options = method ? { method } : {};
      const coarse = convolve(x, weight, window, options);
      const fine = convolveTransposed(y, weight, window, options);
      await expectExact(coarse, fine, closeIn(method));
    },
  );

  test("from images and to images", async () => {
    const asImages = (rows: Tensor) => reshape(rows, [batch, sizeOf(rows.shape) / batch]);
    const coarse = imagesOf(convolveImages(asImages(x), weight, window));
    const ofMap = mapOfImages(asImages(y), window.coarse);
    const fine = convolveTransposedToImages(ofMap, weight, window);
    await expectExact(reshape(coarse, y.shape), reshape(fine, x.shape), expectPlainSums);
    const toImages = convolveToImages(mapOfImages(asImages(x), window.fine), weight, window);
    await expectExact(reshape(toImages, y.shape), reshape(fine, x.shape), expectPlainSums);
  });
});

describe("positions in the order of another layer's tiles", () => {
  const first = square(12, 12, 3, 1, 1);
  const second = square(12, 6, 4, 2, 1);
  const values = new Map(
    [parameter("x", [2, 144 * 8]), parameter("a", [72, 8]), parameter("b", [16 * 8, 5])].map((tensor) => [
      tensor,
      normals(sizeOf(tensor.shape), tensor.name!),
    ]),
  );
  const [x, a, b] = [...values.keys()] as [Tensor, Tensor, Tensor];
  const through = (methods: readonly [ConvolutionMethod, ConvolutionMethod]) => {
    const map = convolveMap(mapOfImages(x, [12, 12]), a, first, { method: methods[0] });
    const y = imagesOf(convolveMap(map, b, second, { method: methods[1] }));
    return {
      y,
      ...Object.fromEntries(gradients(sum(multiply(y, y)), [x, a, b]).map((g, i) => [`g${i}`, g])),
    };
  };

  test.each<ConvolutionMethod>([
    { kind: "direct" },
    { kind: "sparse" },
    { kind: "filtered", tile: [3, 6] },
    { kind: "filtered", tile: [4, 4] },
  ])("are found again by a layer that is %o", async (method) => {
    const exact = await evaluate(through([{ kind: "direct" }, { kind: "direct" }]), values);
    const found = await evaluate(through([{ kind: "filtered", tile: [4, 6] }, method]), values);
    for (const [name, numbers] of Object.entries(exact))
      expectClose(found[name as keyof typeof found]!, numbers, 2e-5, name);
  });
});

test("the same shapes are computed in the same way for every batch, and exactly where that is asked for", () => {
  const window = square(14, 14, 5, 1, 2);
  expect(cheapestMethod(window, { fine: 64, coarse: 64 }, false).kind).toBe("filtered");
  expect(cheapestMethod(window, { fine: 64, coarse: 64 }, true).kind).toBe("direct");
  expect(cheapestMethod(square(7, 1, 7, 1, 0), { fine: 64, coarse: 256 }, false).kind).toBe("direct");
  expect(cheapestMethod(square(3, 2, 3, 2, 1), { fine: 64, coarse: 256 }, false).kind).toBe("sparse");
});

describe("gradients against central differences", () => {
  const dense = square(4, 2, 3, 2, 1);
  const sparse = square(2, 1, 3, 2, 1);
  test.each([
    ["all taps", dense, 4, { kind: "direct" }],
    ["sparse taps", sparse, 1, { kind: "sparse" }],
    ["minimal filtering", dense, 4, { kind: "filtered", tile: [2, 2] }],
  ] as const)("%s", async (_, window, positions, method) => {
    const fine = { shape: [2 * sizeOf(window.fine), 2] };
    const weight = { shape: [9 * 2, 3] };
    await checkGradients([fine, weight], (x, w) => convolve(x!, w!, window, { method }));
    await checkGradients([{ shape: [2 * positions, 3] }, weight], (y, w) =>
      convolveTransposed(y!, w!, window, { method }),
    );
  });
});

test("a wide map needs no matrix as large as the map squared", async () => {
  const { compileProgram } = await import("../../src/onnx/compile.js");
  const window = square(64, 32, 4, 2, 1);
  const outputs = { y: convolve(parameter("x", [4096, 3]), constant(0, [48, 8]), window) };
  expect(compileProgram(outputs).bytes.length).toBeLessThan(1_000_000);
});
