import { expect, test } from "vitest";
import { boundOrthonormalityError } from "../../src/distances/orthonormality.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { normalPoints } from "./rows.js";

const device = await nodeDevice("cpu", 1);

/** |V V' - I| by Frobenius, in plain float64 loops. */
function plainError(vectors: Float32Array, dimension: number): number {
  const count = vectors.length / dimension;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = i === j ? -1 : 0;
      for (let c = 0; c < dimension; c++) sum += vectors[i * dimension + c] * vectors[j * dimension + c];
      squares += sum ** 2;
    }
  }
  return Math.sqrt(squares);
}

test("the bound is no less than the truth, and close to it, also far below float32's own rounding (N15)", async () => {
  const [count, dimension] = [40, 700];
  const normal = normalPoints(count, dimension).coordinates;
  const scattered = Float32Array.from(normal, (value) => value / Math.sqrt(dimension));
  // Rows that are orthonormal to the last digit: each has columns of its own.
  const apart = Float32Array.from({ length: count * dimension }, (_, at) =>
    Math.floor((at % dimension) / 16) === Math.floor(at / dimension) ? 0.25 : 0,
  );
  for (const [vectors, widest] of [
    [scattered, 1e-3],
    [apart, 1e-12],
  ] as const) {
    const truth = plainError(vectors, dimension);
    const bound = await boundOrthonormalityError(vectors, dimension, device, 0);
    expect(bound).toBeGreaterThanOrEqual(truth * (1 - 1e-12));
    expect(bound - truth).toBeLessThan(widest);
  }
});
