import { expect, test } from "vitest";
import { RowMeasurer } from "../../src/distances/measured.js";
import { distance } from "../../src/geometry/distance.js";
import { normalPoints } from "./rows.js";

const points = normalPoints(12, 7);
const queries = Int32Array.of(4, 9, 0);

function measurerOf(remembers: boolean) {
  const taken: { readonly place: number; readonly row: number; readonly length: number }[] = [];
  const take = (place: number, row: number, length: number) => taken.push({ place, row, length });
  return { taken, measurer: new RowMeasurer(points, queries, take, remembers) };
}

test("rows are measured two of a query at a time, the last one alone, each once and to the last digit", () => {
  const { taken, measurer } = measurerOf(false);
  const given = () => taken.map(({ place, row }) => [place, row]);
  measurer.measure(0, 1);
  measurer.measure(1, 2);
  measurer.measure(2, 3);
  expect(given()).toEqual([]);
  measurer.measure(1, 5);
  expect(given()).toEqual([
    [1, 2],
    [1, 5],
  ]);
  measurer.measure(1, 7);
  measurer.finish(1);
  measurer.finish(1);
  expect(given().slice(2)).toEqual([[1, 7]]);
  measurer.finishAll();
  expect(given().slice(3)).toEqual([
    [0, 1],
    [2, 3],
  ]);
  for (const { place, row, length } of taken) expect(length).toBe(distance(points, queries[place]!, row));
});

test("a pair that was measured is remembered for both of its rows", () => {
  const { taken, measurer } = measurerOf(true);
  measurer.measure(0, 9);
  measurer.finish(0);
  // Asked the other way round it does not wait.
  measurer.measure(1, 4);
  const length = distance(points, 4, 9);
  expect(taken).toEqual([
    { place: 0, row: 9, length },
    { place: 1, row: 4, length },
  ]);
});
