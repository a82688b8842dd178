import fc from "fast-check";
import { expect, test } from "vitest";
import { spreadApart } from "../../../src/figures/parts/spread-apart.js";

test("positions with room between them stay; neighbours make way in equal measure", () => {
  expect(spreadApart([10, 50, 30], 5, [0, 100])).toEqual([10, 50, 30]);
  expect(spreadApart([50, 50], 10, [0, 100])).toEqual([45, 55]);
  expect(spreadApart([40, 41, 70], 10, [0, 100])).toEqual([35.5, 45.5, 70]);
});

test("nothing leaves the page while there is room on it", () => {
  expect(spreadApart([99, 100, 98], 10, [0, 100])).toEqual([90, 100, 80]);
  expect(spreadApart([0, 0], 10, [0, 100])).toEqual([0, 10]);
  // No room: kept apart all the same, from the least on.
  expect(spreadApart([5, 5, 5], 10, [0, 15])).toEqual([0, 10, 20]);
});

test("whatever is wanted, the order is kept and the gaps are", () => {
  const positions = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 9 });
  fc.assert(
    fc.property(positions, (wanted) => {
      const placed = spreadApart(wanted, 10, [0, 100]);
      const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b] || a - b);
      for (let k = 1; k < order.length; k++) {
        expect(placed[order[k]] - placed[order[k - 1]]).toBeGreaterThan(10 - 1e-9);
      }
      for (const at of placed) expect(at).toBeGreaterThanOrEqual(0);
      for (const at of placed) expect(at).toBeLessThanOrEqual(100 + 1e-9);
    }),
  );
});
