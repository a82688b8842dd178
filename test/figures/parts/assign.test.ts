import fc from "fast-check";
import { expect, it } from "vitest";
import { assign } from "../../../src/figures/parts/assign.js";

/** The sum of costs of the best of all assignments, by trying each. */
function best(costs: readonly (readonly number[])[], taken: readonly number[] = []): number {
  const [row] = costs.slice(taken.length);
  if (!row) return 0;
  return Math.min(
    ...row.flatMap((cost, column) =>
      taken.includes(column) ? [] : [cost + best(costs, [...taken, column])],
    ),
  );
}

it("is the cheapest of all assignments, each row with a column of its own", () => {
  const costs = fc
    .record({ rows: fc.integer({ min: 1, max: 5 }), more: fc.integer({ min: 0, max: 2 }) })
    .chain(({ rows, more }) => {
      const row = fc.array(fc.integer({ min: -9, max: 20 }), {
        minLength: rows + more,
        maxLength: rows + more,
      });
      return fc.array(row, { minLength: rows, maxLength: rows });
    });
  fc.assert(
    fc.property(costs, (table) => {
      const columns = assign(table.length, table[0]!.length, (row, column) => table[row]![column]!);
      expect(new Set(columns).size).toBe(table.length);
      expect(columns.reduce((sum, column, row) => sum + table[row]![column]!, 0)).toBe(best(table));
    }),
    { numRuns: 200 },
  );
});
