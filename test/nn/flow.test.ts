import { describe, expect, it } from "vitest";
import { applyFlow, flowSchema, invertFlow } from "../../src/nn/flow.js";
import { made } from "../../src/nn/made.js";
import { ParameterLayout } from "../../src/nn/parameters.js";
import { Scope } from "../../src/nn/scope.js";
import type { Tensor } from "../../src/tensor/index.js";
import { evaluate, normals, parameter } from "../tensor/evaluate.js";

const DIMENSIONS = 5;
const HIDDEN = [20, 15];

/** First values of a scope's parameters, biases moved off zero. */
function valuesOf(scope: Scope): Map<Tensor, Float32Array> {
  const layout = new ParameterLayout(scope.requests.parameters.values());
  const views = layout.views(layout.initialise(4));
  return new Map(
    layout.specs.map(({ name, tensor }) => [
      tensor,
      name.endsWith("bias") ? normals(views[name]!.length, name) : views[name]!,
    ]),
  );
}

describe("a masked autoencoder", () => {
  it("has numbers that rest on the dimensions before alone, and on all of them", async () => {
    const scope = new Scope();
    const x = parameter("x", [1, DIMENSIONS]);
    const shift = made(scope, x, HIDDEN);
    const values = valuesOf(scope);
    const at = async (point: Float32Array) =>
      (await evaluate({ shift }, new Map([...values, [x, point]]))).shift;
    const base = normals(DIMENSIONS, "test point");
    const before = await at(base);
    for (let moved = 0; moved < DIMENSIONS; moved++) {
      const after = await at(base.map((value, i) => (i === moved ? value + 1.5 : value)));
      for (let j = 0; j < DIMENSIONS; j++) {
        if (j <= moved) expect(after[j]).toBe(before[j]);
        else expect(after[j]).not.toBe(before[j]);
      }
    }
  });

  it("refuses hidden units that cannot be dealt out equally", () => {
    expect(() => made(new Scope(), parameter("x", [1, 5]), [12])).toThrow(/12 hidden units .* 5 dimensions/);
  });

  it("begins masked weights at zero", () => {
    const scope = new Scope();
    made(scope, parameter("x", [1, DIMENSIONS]), HIDDEN);
    const layout = new ParameterLayout(scope.requests.parameters.values());
    const weight = layout.views(layout.initialise(0))["0.weight"]!;
    // The last dimension is seen by no hidden unit.
    expect(weight.subarray(4 * 20).every((value) => value === 0)).toBe(true);
    expect(weight.some((value) => value !== 0)).toBe(true);
  });
});

describe("a flow of shifts", () => {
  const settings = flowSchema.parse({ steps: 3, hidden: HIDDEN });

  it("is undone by its inverse, both ways", async () => {
    const scope = new Scope();
    const x = parameter("x", [7, DIMENSIONS]);
    const there = applyFlow(scope, x, settings);
    const back = invertFlow(scope, there, settings);
    const other = applyFlow(scope, invertFlow(scope, x, settings), settings);
    const point = normals(7 * DIMENSIONS, "test points");
    const found = await evaluate({ there, back, other }, new Map([...valuesOf(scope), [x, point]]));
    expect(found.there).not.toEqual(point);
    point.forEach((value, i) => {
      expect(found.back[i]).toBeCloseTo(value, 4);
      expect(found.other[i]).toBeCloseTo(value, 4);
    });
  });

  it("keeps volumes: its Jacobian has determinant 1", async () => {
    const scope = new Scope();
    const x = parameter("x", [1, DIMENSIONS]);
    const y = applyFlow(scope, x, settings);
    const values = valuesOf(scope);
    const at = async (point: Float32Array) => (await evaluate({ y }, new Map([...values, [x, point]]))).y;
    const base = normals(DIMENSIONS, "test point");
    const step = 1 / 64;
    const columns: number[][] = [];
    for (let i = 0; i < DIMENSIONS; i++) {
      const moved = (by: number) => base.map((value, k) => (k === i ? value + by : value));
      const [up, down] = [await at(moved(step)), await at(moved(-step))];
      columns.push(Array.from(up, (value, k) => (value - down[k]!) / (2 * step)));
    }
    expect(Math.abs(determinant(columns))).toBeCloseTo(1, 3);
  });
});

function determinant(rows: readonly (readonly number[])[]): number {
  const [first, ...rest] = rows;
  if (!first) return 1;
  return first.reduce((sum, value, column) => {
    const minor = rest.map((row) => row.filter((_, k) => k !== column));
    return sum + (column % 2 === 0 ? 1 : -1) * value * determinant(minor);
  }, 0);
}
