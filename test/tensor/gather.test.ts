import fc from "fast-check";
import { expect, test } from "vitest";
import { gather, scatterSum, sizeOf } from "../../src/tensor/index.js";
import { evaluate, normals, parameter } from "./evaluate.js";

/** Axis, shape around it and a table with zeros (-1), repeats and entries never read; blocks on both sides of 8. */
const cases = fc.record({
  outer: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 1 }),
  extent: fc.integer({ min: 1, max: 6 }),
  block: fc.constantFrom(1, 3, 8, 9),
  positions: fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 8 }),
});

test("gather and scatterSum move the entries that a loop moves", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ outer, extent, block, positions }) => {
      const table = Int32Array.from(positions, (position) => Math.min(position, extent - 1));
      const axis = outer.length;
      const x = parameter("x", [...outer, extent, block]);
      const y = parameter("y", [...outer, table.length, block]);
      const values = new Map([x, y].map((tensor) => [tensor, normals(sizeOf(tensor.shape), tensor.name!)]));
      const picked = new Float32Array(sizeOf(y.shape));
      const summed = new Float64Array(sizeOf(x.shape));
      for (let o = 0; o < sizeOf(outer); o++)
        table.forEach((position, i) => {
          for (let b = 0; position >= 0 && b < block; b++) {
            const from = (o * extent + position) * block + b;
            const to = (o * table.length + i) * block + b;
            picked[to] = values.get(x)![from]!;
            summed[from]! += values.get(y)![to]!;
          }
        });
      const outputs = {
        picked: gather(x, axis, { shape: [table.length], positions: table }),
        summed: scatterSum(y, axis, table, extent),
      };
      const found = await evaluate(outputs, values);
      expect(found.picked).toEqual(picked);
      found.summed.forEach((number, i) => {
        expect(number).toBeCloseTo(summed[i]!, 5);
      });
    }),
    { numRuns: 60, seed: 1 },
  );
});

test("a table of more entries than are summed by a product", async () => {
  const positions = Int32Array.from({ length: 100 }, (_, i) => i % 3);
  const y = parameter("y", [100, 8]);
  const { summed } = await evaluate(
    { summed: scatterSum(y, 0, positions, 3) },
    new Map([[y, new Float32Array(800).fill(1)]]),
  );
  expect(summed).toEqual(Float32Array.from({ length: 24 }, (_, i) => (i < 8 ? 34 : 33)));
});
