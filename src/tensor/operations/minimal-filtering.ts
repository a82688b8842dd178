// Minimal filtering: m outputs of a filter with k taps from m + k - 1 products instead of m k (Toom, Cook; Winograd 1980;
// Lavin and Gray 2016). Numbers alone; docs/convolution.md has the mathematics and the measured error.

/** A matrix of numbers, row by row. */
export type Rows = readonly (readonly number[])[];

/**
 * y = output ((weight w) * (input x)), with * number by number: y_j = sum over taps a of w_a x_(j+a), for m outputs j, k taps a
 * and n = m + k - 1 inputs.
 */
export interface MinimalFilter {
  /** [n, n], what is multiplied, from the inputs. */
  readonly input: Rows;
  /** [n, k], what it is multiplied by, from the taps. */
  readonly weight: Rows;
  /** [m, n], the outputs, from the products. */
  readonly output: Rows;
}

/**
 * The points at which polynomials are evaluated, by the number n of products; infinity is one more. Found by search for the smallest error in float32:
 * small ones with both signs, since powers of large ones cancel.
 */
const POINTS: Readonly<Record<number, readonly number[]>> = {
  2: [0],
  3: [0, 1],
  4: [0, 1, -1],
  5: [0, 1, -1, 0.5],
  6: [0, 0.65, -0.65, 1.5, -1.5],
  7: [0.3, -0.3, 0.85, -0.85, 1.85, -1.85],
  8: [0, 0.5, -0.5, 1, -1, 2, -2],
  9: [0.25, -0.25, 0.65, -0.65, 1.15, -1.15, 2.35, -2.35],
  10: [0, 0.4, -0.4, 0.8, -0.8, 1.25, -1.25, 2.5, -2.5],
};

/** More products lose more digits than they save time. */
export const MAX_PRODUCTS = 10;

/**
 * The filter of `outputs` outputs and `taps` taps. One tap or one output is exact: then nothing is saved either.
 * @throws RangeError when it needs more products than there are points for.
 */
export function minimalFilter(outputs: number, taps: number): MinimalFilter {
  const products = outputs + taps - 1;
  if (taps === 1 || outputs === 1) return plainFilter(outputs, taps);
  const points = POINTS[products];
  if (!points)
    throw new RangeError(`minimal filtering with ${products} products: at most ${MAX_PRODUCTS} are known`);
  const input = [
    ...points.map((_, without) => coefficients(points.filter((_, i) => i !== without))),
    coefficients(points),
  ].map((row) => Array.from({ length: products }, (_, power) => row[power] ?? 0));
  const weight = [
    ...points.map((point, at) => {
      const scale = points.reduce((product, other, i) => (i === at ? product : product * (point - other)), 1);
      return powers(point, taps).map((power) => power / scale);
    }),
    atInfinity(taps),
  ];
  // Numbers of like size on both sides of the product round off least; powers of two cost no digit.
  const sizes = input.map((row) => 2 ** Math.round(Math.log2(Math.max(...row.map(Math.abs)))));
  return {
    input: input.map((row, i) => row.map((value) => value / sizes[i]!)),
    weight: weight.map((row, i) => row.map((value) => value * sizes[i]!)),
    output: flipped([...points.map((point) => powers(point, outputs)), atInfinity(outputs)]),
  };
}

/** Of one output, or of one tap: every input is multiplied once. */
function plainFilter(outputs: number, taps: number): MinimalFilter {
  const unit = Array.from({ length: outputs * taps }, (_, i) => i).map((i, _, all) =>
    all.map((at) => (at === i ? 1 : 0)),
  );
  const ones = unit.map(() => [1]);
  return outputs === 1
    ? { input: unit, weight: unit, output: flipped(ones) }
    : { input: unit, weight: ones, output: unit };
}

/** Rows become columns. */
export function flipped(rows: Rows): number[][] {
  return rows[0]!.map((_, column) => rows.map((row) => row[column]!));
}

function powers(base: number, count: number): number[] {
  return Array.from({ length: count }, (_, power) => base ** power);
}

/** Value at infinity of a polynomial with this number of coefficients: the leading one. */
function atInfinity(count: number): number[] {
  return Array.from({ length: count }, (_, power) => (power === count - 1 ? 1 : 0));
}

/** Coefficients of the product of (x - root), lowest power first. */
function coefficients(roots: readonly number[]): number[] {
  let polynomial = [1];
  for (const root of roots) {
    const before = polynomial;
    polynomial = [...before, 0].map((_, power) => (before[power - 1] ?? 0) - root * (before[power] ?? 0));
  }
  return polynomial;
}
