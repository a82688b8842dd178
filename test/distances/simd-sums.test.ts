import { expect, test, vi } from "vitest";
import { nearestNeighbours, neighbourRanks, prepareRows } from "../../src/distances/index.js";
import { RowMeasurer } from "../../src/distances/measured.js";
import { openSimdSums } from "../../src/distances/simd-sums.js";
import { distance } from "../../src/geometry/distance.js";
import * as plain from "../../src/geometry/neighbours/index.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { normalPoints } from "./rows.js";

const singles = (count: number, dimension: number, scale = 1) => {
  const points = normalPoints(count, dimension);
  return { ...points, coordinates: Float32Array.from(points.coordinates, (value) => value * scale) };
};

test("the sums are those of plain loops to the last digit, four of each row", () => {
  for (const columns of [4, 8, 12, 256, 1000]) {
    const { coordinates } = singles(3, columns);
    const { query, first, second, sums, compare } = openSimdSums(columns)!;
    const row = (place: number) => coordinates.subarray(place * columns, (place + 1) * columns);
    query.set(row(0));
    first.set(row(1));
    second.set(row(2));
    compare();
    const expected = [1, 2].flatMap((other) =>
      [0, 1, 2, 3].map((lane) => {
        let sum = 0;
        for (let c = lane; c < columns; c += 4) sum += (row(0)[c]! - row(other)[c]!) ** 2;
        return sum;
      }),
    );
    expect([...sums]).toEqual(expected);
    // Nothing of the first comparison is left in the second.
    compare();
    expect([...sums]).toEqual(expected);
  }
});

test("rows of float32 and many columns have the distances of plain loops, also where columns are left over and squares underflow", () => {
  for (const dimension of [255, 256, 257, 258, 259, 771]) {
    for (const scale of [1, 1e18, 1e-30, 1e-42]) {
      const rows = singles(9, dimension, scale);
      const queries = Int32Array.of(4, 0, 4);
      const taken: number[] = [];
      const measurer = new RowMeasurer(rows, queries, (place, row, length) => {
        taken.push(row);
        expect(length).toBe(distance(rows, queries[place]!, row));
      });
      for (const place of [0, 1, 2, 0, 1]) for (const row of [1, 2, 3, 5, 8]) measurer.measure(place, row);
      measurer.finishAll();
      expect(taken).toHaveLength(25);
    }
  }
});

const device = await nodeDevice("cpu", 1);
const options = { device, blockSizes: { rows: 32, width: 100 } };

async function expectPlain() {
  const rows = singles(90, 310);
  const given = { ...rows, coordinates: Float64Array.from(rows.coordinates) };
  const prepared = await prepareRows(rows, options);
  expect(await nearestNeighbours(prepared, 4, options)).toEqual(plain.nearestNeighbours(given, 4));
  const queries = plain.queryRows(given);
  const targets = plain.nearestNeighbours(normalPoints(90, 2, 9), 3).indices;
  expect(await neighbourRanks(prepared, queries, targets, 3, options)).toEqual(
    plain.neighbourRanks(given, queries, targets, 3),
  );
}

test("neighbours and ranks of float32 rows are those of plain loops (N14)", expectPlain);

test("so they are where the engine has no instructions for two numbers at once", async () => {
  const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
  try {
    expect(openSimdSums(256)).toBeUndefined();
    await expectPlain();
  } finally {
    validate.mockRestore();
  }
});
