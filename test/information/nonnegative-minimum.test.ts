import fc from "fast-check";
import { expect, test } from "vitest";
import { nonnegativeMinimum } from "../../src/information/nonnegative-minimum.js";

const SIZE = 5;
const numbers = (count: number) =>
  fc.array(
    fc.double({ min: -2, max: 2, noNaN: true }).map((x) => Math.round(x * 1e4) / 1e4),
    { minLength: count, maxLength: count },
  );

test("no entry can be changed for the better: the conditions of Karush, Kuhn and Tucker", () => {
  fc.assert(
    fc.property(
      numbers(SIZE * SIZE),
      numbers(SIZE),
      fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE }),
      (factor, linear, begun) => {
        const ridge = 1e-3;
        // H = F F', so that it is no less than 0 in any direction.
        const entry = (a: number, b: number) => {
          let sum = 0;
          for (let k = 0; k < SIZE; k++) sum += factor[a * SIZE + k] * factor[b * SIZE + k];
          return sum;
        };
        const row = (a: number) => Float64Array.from({ length: SIZE }, (_, b) => entry(a, b));
        const begin = Float64Array.from(begun, Number);
        const y = nonnegativeMinimum({ linear: Float64Array.from(linear), row, ridge }, begin);
        for (let m = 0; m < SIZE; m++) {
          const slope =
            linear[m] -
            row(m).reduce((sum, value, k) => sum + value * y[k], 0) -
            (y[m] > 0 ? ridge * y[m] : 0);
          expect(y[m]).toBeGreaterThanOrEqual(0);
          expect(slope).toBeLessThan(1e-6);
          if (y[m] > 0) expect(Math.abs(slope)).toBeLessThan(1e-6 * (1 + y[m]));
        }
      },
    ),
  );
});

test("equal rows share what one of them would have", () => {
  const row = () => Float64Array.of(2, 2);
  const y = nonnegativeMinimum({ linear: Float64Array.of(4, 4), row, ridge: 1e-9 }, Float64Array.of(1, 1));
  expect(y[0] + y[1]).toBeCloseTo(2, 6);
});
