import { describe, expect, test } from "vitest";
import { windowOver, windowUnder } from "../../src/nn/convolution.js";
import { gradients, multiply, type Shape, sizeOf, sum, type Window } from "../../src/tensor/index.js";
import { cheapestMethod } from "../../src/tensor/operations/convolution-cost.js";
import { MAX_PRODUCTS } from "../../src/tensor/operations/minimal-filtering.js";
import { evaluate, normals, parameter } from "./evaluate.js";
import { LARGEST_FILTERING_ERROR, rmsError } from "./filtering-error.js";
import { convolve, convolveTransposed } from "./image-rows.js";
import { naiveConvolution, naiveTransposedConvolution, naiveWeightGradient } from "./naive-convolution.js";

// Every layer of the three papers' networks, computed as it is in training, against loops in float64.

type Layer = readonly [
  title: string,
  direction: "down" | "up",
  window: Window,
  channels: readonly [fine: number, coarse: number],
];

const over = (size: number, kernel: number, stride: number, padding: number | "same") =>
  windowOver([size, size], { kernel, stride, padding });
const under = (size: number, kernel: number, stride: number, padding: number | "same") =>
  windowUnder([size, size], { kernel, stride, padding });

const LAYERS: readonly Layer[] = [
  ["Corridors 6 to 3", "down", over(6, 3, 2, 1), [32, 64]],
  ["Corridors 3 to 2", "down", over(3, 3, 2, 1), [64, 256]],
  ["Corridors 3 to 6", "up", over(6, 3, 2, 1), [32, 64]],
  ["Echo 28 to 14", "down", over(28, 5, 2, "same"), [32, 32]],
  ["Echo 14 to 14", "down", over(14, 5, 1, "same"), [32, 64]],
  ["Echo 14 to 7", "down", over(14, 5, 2, "same"), [64, 64]],
  ["Echo 7 to 7", "up", under(7, 5, 1, "same"), [64, 64]],
  ["Echo 7 to 14", "up", under(7, 5, 2, "same"), [64, 64]],
  ["Echo back, 14 to 14", "up", under(14, 5, 1, "same"), [32, 64]],
  ["Echo 14 to 28", "up", under(14, 5, 2, "same"), [32, 32]],
  ["Echo 28 to 28", "up", under(28, 4, 1, "same"), [32, 32]],
  ["dimension 16 to 8", "down", over(16, 4, 2, 1), [64, 128]],
  ["dimension 8 to 4", "down", over(8, 4, 2, 1), [128, 256]],
  ["dimension 4 to 2", "down", over(4, 4, 2, 1), [256, 256]],
  ["dimension 2 to 4", "up", under(2, 4, 2, 1), [256, 256]],
  ["dimension 4 to 8", "up", under(4, 4, 2, 1), [128, 256]],
  ["dimension 8 to 16", "up", under(8, 4, 2, 1), [64, 128]],
];

describe("relative rms error of a layer", () => {
  test.each(LAYERS)("%s", async (_, direction, window, channels) => {
    const sizes = { batch: 1, channels };
    // Activations behind a rectifier are not negative: their mean makes large sums.
    const fine = random("fine", [sizes.batch * sizeOf(window.fine), channels[0]], (x) => Math.max(0, x));
    const coarse = random("coarse", [sizes.batch * sizeOf(window.coarse), channels[1]], (x) =>
      Math.max(0, x),
    );
    const weight = random("weight", [window.kernel ** 2 * channels[0], channels[1]]);
    const [from, to] = direction === "down" ? [fine, coarse] : [coarse, fine];
    const apply = direction === "down" ? convolve : convolveTransposed;
    const output = apply(from.tensor, weight.tensor, window);
    const [input, ofWeight] = gradients(sum(multiply(output, to.tensor)), [from.tensor, weight.tensor]);
    const values = new Map([fine, coarse, weight].map(({ tensor, numbers }) => [tensor, numbers]));
    const found = await evaluate({ output, input: input!, ofWeight: ofWeight! }, values);
    const down = naiveConvolution(fine.numbers, weight.numbers, window, sizes);
    const up = naiveTransposedConvolution(coarse.numbers, weight.numbers, window, sizes);
    const exact = {
      output: direction === "down" ? down : up,
      input: direction === "down" ? up : down,
      ofWeight: naiveWeightGradient(fine.numbers, coarse.numbers, window, sizes),
    };
    for (const name of ["output", "input", "ofWeight"] as const)
      expect(rmsError(found[name], exact[name]), name).toBeLessThan(LARGEST_FILTERING_ERROR);
  });

  test("tiles with as many products as there are points for are among them", () => {
    const products = LAYERS.flatMap(([, , window, [fine, coarse]]) => {
      const method = cheapestMethod(window, { fine, coarse }, false);
      const taps = Math.ceil(window.kernel / window.stride);
      return method.kind === "filtered" ? method.tile.map((outputs) => outputs + taps - 1) : [];
    });
    expect(Math.max(...products)).toBe(MAX_PRODUCTS);
  });
});

function random(name: string, shape: Shape, map = (x: number) => x) {
  return { tensor: parameter(name, shape), numbers: normals(sizeOf(shape), name).map(map) };
}
