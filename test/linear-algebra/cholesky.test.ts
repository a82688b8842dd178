import { expect, test } from "vitest";
import { pivotedCholesky } from "../../src/linear-algebra/cholesky.js";
import { normalPoints } from "../distances/rows.js";

/** The rows of a matrix that were picked, mixed by the inverse. */
function mixed(rows: readonly number[][], { picked, inverse }: ReturnType<typeof pivotedCholesky>) {
  return Array.from(picked, (_, i) =>
    rows[0]!.map((__, c) =>
      Array.from(picked).reduce((sum, row, j) => sum + inverse[i * picked.length + j] * rows[row]![c]!, 0),
    ),
  );
}

const product = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, c) => sum + value * b[c]!, 0);

test("rows that add a direction are picked, and mixed into orthonormal ones; copies and mixtures are not", () => {
  const { coordinates } = normalPoints(5, 9);
  const rows = Array.from({ length: 5 }, (_, i) => [...coordinates.subarray(9 * i, 9 * i + 9)]);
  rows.push(
    rows[2]!,
    rows[0]!.map((value, c) => 3 * value - rows[4]![c]!),
  );
  const gram = Float64Array.from({ length: 49 }, (_, at) =>
    product(rows[Math.floor(at / 7)]!, rows[at % 7]!),
  );
  const found = pivotedCholesky(gram, 7, 1e-9);
  expect(found.picked).toHaveLength(5);
  const basis = mixed(rows, found);
  for (const [i, a] of basis.entries()) {
    for (const [j, b] of basis.entries()) expect(product(a, b)).toBeCloseTo(i === j ? 1 : 0, 10);
  }
});

test("nothing is picked of rows of length 0", () => {
  expect(pivotedCholesky(new Float64Array(9), 3, 1e-4).picked).toHaveLength(0);
});
