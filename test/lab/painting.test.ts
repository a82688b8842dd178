import { expect, test } from "vitest";
import { cellAfterKey, cellAt, cellsBetween } from "../../site/lab/controls/painting.js";

const middleOf = (row: number, column: number) => ({ x: (column + 0.5) / 13, y: (row + 0.5) / 13 });

test("a place is in the cell that it is seen in, and in none outside of the grid", () => {
  for (const [row, column] of [
    [0, 0],
    [3, 12],
    [12, 0],
    [12, 12],
  ] as const)
    expect(cellAt(middleOf(row, column))).toBe(row * 13 + column);
  expect(cellAt({ x: 1, y: 0.5 })).toBeUndefined();
  expect(cellAt({ x: 0.5, y: -0.01 })).toBeUndefined();
  expect(cellAt({ x: Number.NaN, y: 0 })).toBeUndefined();
});

test("a quick stroke leaves no gap", () => {
  const row = cellsBetween(middleOf(4, 0), middleOf(4, 12));
  expect(row.sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, column) => 4 * 13 + column));
  const diagonal = cellsBetween(middleOf(0, 0), middleOf(12, 12));
  for (let k = 0; k < 13; k++) expect(diagonal).toContain(k * 13 + k);
});

test("a stroke that leaves the grid paints up to its edge", () => {
  expect(cellsBetween(middleOf(0, 11), { x: 3, y: 0.5 / 13 })).toEqual([11, 12]);
});

test("arrow keys move by one cell and stop at the edges; others do not move", () => {
  expect(cellAfterKey(0, "ArrowUp")).toBe(0);
  expect(cellAfterKey(0, "ArrowDown")).toBe(13);
  expect(cellAfterKey(168, "ArrowRight")).toBe(168);
  expect(cellAfterKey(168, "Home")).toBe(156);
  expect(cellAfterKey(0, "End")).toBe(12);
  expect(cellAfterKey(5, "a")).toBeUndefined();
});
