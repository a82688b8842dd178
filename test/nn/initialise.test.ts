import { expect, it } from "vitest";
import { convolution, transposedConvolution, windowOver, windowUnder } from "../../src/nn/convolution.js";
import { dense } from "../../src/nn/dense.js";
import { initialisations } from "../../src/nn/initialise.js";
import { Scope } from "../../src/nn/scope.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { relu } from "../../src/tensor/operations/elementwise.js";
import { type FeatureMap, natural } from "../../src/tensor/operations/feature-map.js";
import { type Shape, sizeOf } from "../../src/tensor/shape.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { evaluate } from "../tensor/evaluate.js";

/** Mean square of a layer's output, of what a ReLU leaves of numbers of mean square 1. */
async function sizeBehind(shape: Shape, layer: (scope: Scope, x: Tensor) => Tensor): Promise<number> {
  const scope = new Scope().with({ initialisation: initialisations.he });
  const input = scope.batch("x", shape);
  const output = layer(scope, relu(input));
  const filled = (tensor: Tensor) => new Float32Array(sizeOf(tensor.shape));
  const numbers = filled(input);
  new PhiloxStream(1, "x").fillNormal(numbers);
  const values = new Map([[input, numbers]]);
  for (const { name, tensor, initialise } of scope.requests.parameters.values()) {
    const first = filled(tensor);
    initialise(new PhiloxStream(2, name), first);
    values.set(tensor, first);
  }
  const results = (await evaluate({ output }, values)).output;
  return results.reduce((sum, y) => sum + y * y, 0) / results.length;
}

/** Maps of noise: its rows may lie in any order. */
const stored = (rows: Tensor, size: readonly [number, number]): FeatureMap => ({
  rows,
  order: natural(size),
});

const wide = windowOver([40, 40], { kernel: 5, stride: 2, padding: "same" });
const whole = windowOver([7, 7], { kernel: 7, stride: 1, padding: "valid" });
const fromOne = windowUnder([1, 1], { kernel: 7, stride: 1, padding: "valid" });
const twice = windowUnder([20, 20], { kernel: 5, stride: 2, padding: "same" });
const asLarge = windowUnder([20, 20], { kernel: 4, stride: 1, padding: "same" });

// At a border of zeros outputs are smaller: up to a tenth of the mean here.
it.each<[string, Shape, (scope: Scope, x: Tensor) => Tensor]>([
  ["dense", [40, 300], (scope, x) => dense(scope, x, 200)],
  [
    "convolution of a whole map",
    [40 * 49, 16],
    (scope, x) => convolution(scope, stored(x, whole.fine), 64, whole).rows,
  ],
  [
    "convolution with stride 2",
    [4 * 1600, 16],
    (scope, x) => convolution(scope, stored(x, wide.fine), 32, wide).rows,
  ],
  [
    "transposed, from one place",
    [100, 64],
    (scope, y) => transposedConvolution(scope, stored(y, fromOne.coarse), 16, fromOne).rows,
  ],
  [
    "transposed, twice as large",
    [4 * 400, 64],
    (scope, y) => transposedConvolution(scope, stored(y, twice.coarse), 16, twice).rows,
  ],
  [
    "transposed, as large",
    [4 * 400, 64],
    (scope, y) => transposedConvolution(scope, stored(y, asLarge.coarse), 16, asLarge).rows,
  ],
])("he keeps the size of what passes a layer and a ReLU: %s", async (_, shape, layer) => {
  const size = await sizeBehind(shape, layer);
  expect(size).toBeGreaterThan(0.87);
  expect(size).toBeLessThan(1.08);
});
