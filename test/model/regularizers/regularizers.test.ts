import { describe, expect, it, onTestFinished } from "vitest";
import { squaredDiscrepancy } from "../../../src/model/regularizers/mmd.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { openProgram, parameter } from "../../tensor/evaluate.js";

type Size = readonly [rows: number, dimensions: number];

/** The discrepancy of batches of one size, compiled once for many of them. */
async function discrepancyOf([rows, dimensions]: Size) {
  const [a, b] = [parameter("q", [rows, dimensions]), parameter("p", [rows, dimensions])];
  const program = await openProgram({ mmd: squaredDiscrepancy(a, b, dimensions ** 2) });
  onTestFinished(() => program.release());
  return async (q: Float32Array, p: Float32Array) => {
    const { mmd } = await program.run(
      new Map([
        [a, q],
        [b, p],
      ]),
    );
    return mmd[0]!;
  };
}

async function discrepancy(q: Float32Array, p: Float32Array, size: Size) {
  const of = await discrepancyOf(size);
  return of(q, p);
}

const normals = (count: number, step: number) =>
  new PhiloxStream(0, "test of the discrepancy", step).fillNormal(new Float32Array(count));

describe("maximum mean discrepancy", () => {
  it("of a batch of 100 normal codes in 32 dimensions is about 0.00122 (spec section 2.7)", async () => {
    const of = await discrepancyOf([100, 32]);
    const found: number[] = [];
    for (let k = 0; k < 120; k++) found.push(await of(normals(3200, 2 * k), normals(3200, 2 * k + 1)));
    const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
    expect(Math.abs(mean - 0.00122)).toBeLessThan(0.0001);
  });

  it("is 0 for equal batches and the hand-made value for two points", async () => {
    const points = normals(12, 50);
    expect(Math.abs(await discrepancy(points, points, [4, 3]))).toBeLessThan(1e-6);
    const expected = 2 - 2 * Math.exp(-9);
    expect(await discrepancy(Float32Array.of(0), Float32Array.of(3), [1, 1])).toBeCloseTo(expected, 5);
  });

  it("grows as the codes leave the normal distribution", async () => {
    const sizes = [100, 4] as const;
    const p = normals(400, 60);
    const near = await discrepancy(normals(400, 61), p, sizes);
    const far = await discrepancy(
      normals(400, 61).map((x) => 2 * x + 1),
      p,
      sizes,
    );
    expect(far).toBeGreaterThan(5 * near);
  });
});
