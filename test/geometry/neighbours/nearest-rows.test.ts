import fc from "fast-check";
import { expect, test } from "vitest";
import { NearestRows } from "../../../src/geometry/neighbours/index.js";

test("property: the k nearest, equal distances by row, in whatever order they come, and again (N1)", () => {
  const offers = fc.uniqueArray(fc.record({ row: fc.nat(500), distance: fc.nat(6) }), {
    selector: ({ row }) => row,
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(offers, { maxLength: 3 }), (k, rounds) => {
      const nearest = new NearestRows(k);
      for (const round of rounds) {
        for (const { row, distance } of round) nearest.offer(distance, row);
        const rows = new Int32Array(k + 2).fill(-1);
        const distances = new Float64Array(k + 2).fill(-1);
        const kept = nearest.drain(rows, distances, 1);
        const expected = round.toSorted((a, b) => a.distance - b.distance || a.row - b.row).slice(0, k);
        expect(kept).toBe(expected.length);
        expect(Array.from(rows.subarray(1, 1 + kept))).toEqual(expected.map(({ row }) => row));
        expect(Array.from(distances.subarray(1, 1 + kept))).toEqual(expected.map(({ distance }) => distance));
        expect([rows[0], rows[k + 1], distances[0], distances[k + 1]]).toEqual([-1, -1, -1, -1]);
      }
    }),
  );
});
