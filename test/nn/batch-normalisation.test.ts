import { expect, test } from "vitest";
import { batchNormalisation } from "../../src/nn/batch-normalisation.js";
import { Scope } from "../../src/nn/scope.js";
import { gradients } from "../../src/tensor/gradient.js";
import { multiply } from "../../src/tensor/operations/elementwise.js";
import { sumOver } from "../../src/tensor/operations/reduce.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { evaluate, parameter } from "../tensor/evaluate.js";
import golden from "./batch-normalisation.golden.json" with { type: "json" };

const ROWS = golden.x.length;
const COLUMNS = 3;
const GIVEN: Record<string, number[]> = {
  weight: [0.5, 2, -1],
  bias: [0.1, -0.2, 0.3],
  runningMean: [10, 0.5, -1],
  runningVariance: [2, 0.25, 4],
};

/** The layer on the golden rows, and everything that PyTorch was asked for. */
async function normalise(learns: boolean) {
  const scope = new Scope().with({ learns });
  const x = parameter("x", [ROWS, COLUMNS]);
  const g = parameter("g", [ROWS, COLUMNS]);
  const y = batchNormalisation(scope, x);
  const { parameters, kept } = scope.requests;
  const tensorOf = (name: string) => parameters.get(name)!.tensor;
  const [dx, dweight, dbias] = gradients(sumOver(multiply(y, g), [0, 1]), [
    x,
    tensorOf("weight"),
    tensorOf("bias"),
  ]);
  const values = new Map([
    [x, Float32Array.from(golden.x.flat())],
    [g, Float32Array.from(golden.gradient.flat())],
    ...[...parameters.values()].map(({ name, tensor }) => [tensor, Float32Array.from(GIVEN[name]!)] as const),
  ]);
  const outputs = { y, dx: dx!, dweight: dweight!, dbias: dbias!, ...nextOf(kept) };
  return evaluate<Record<string, Tensor>>(outputs, values);
}

/** What statistics are next, under names that are not those of the statistics before. */
function nextOf(kept: ReadonlyMap<string, Tensor>): Record<string, Tensor> {
  return Object.fromEntries([...kept].map(([name, next]) => [`${name}.next`, next]));
}

function expectNear(
  actual: ArrayLike<number> | undefined,
  expected: readonly number[],
  tolerance: number,
): void {
  expect(actual).toHaveLength(expected.length);
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((value, i) => {
    expect(Math.abs(actual![i]! - value)).toBeLessThanOrEqual(tolerance * size);
  });
}

test("in training as PyTorch's, its gradients and running statistics too", async () => {
  const results = await normalise(true);
  expectNear(results.y, golden.training.flat(), 1e-5);
  // The first column lies at 100 with a spread of 1: six digits of float32 are left of its gradient's seven.
  expectNear(results.dx, golden.dx.flat(), 1e-4);
  expectNear(results.dweight, golden.dweight, 1e-5);
  expectNear(results.dbias, golden.dbias, 1e-6);
  expectNear(results["runningMean.next"], golden.runningMean, 1e-6);
  expectNear(results["runningVariance.next"], golden.runningVariance, 1e-6);
});

test("otherwise with the running statistics, which stay", async () => {
  const results = await normalise(false);
  expectNear(results.y, golden.evaluation.flat(), 1e-6);
  expect(Object.keys(results)).not.toContain("runningMean.next");
});

test("a layer that would follow two batches in one step is refused", () => {
  const scope = new Scope().with({ learns: true });
  const rows = parameter("x", [ROWS, COLUMNS]);
  batchNormalisation(scope, rows);
  expect(() => batchNormalisation(scope, rows)).toThrow(/runningMean is kept twice/);
});
