import fc from "fast-check";
import { expect, test } from "vitest";
import { areaMeans } from "../../../src/data/images/resize.js";

test("D18: means over shared areas, exactly", () => {
  expect(areaMeans([0, 4, 8, 12], [2, 2, 1], [1, 1])).toEqual(Float64Array.of(6));
  // Of three columns, each new one has one and a half.
  expect(areaMeans([3, 6, 9], [1, 3, 1], [1, 2])).toEqual(Float64Array.of(4, 8));
  expect(areaMeans([3, 9], [1, 2, 1], [1, 3])).toEqual(Float64Array.of(3, 6, 9));
  // Channels stay apart.
  expect(areaMeans([1, 10, 3, 30], [2, 1, 2], [1, 1])).toEqual(Float64Array.of(2, 20));
  // 105 to 28 is 3.75 to 1: the first new pixel has 3 whole columns and three quarters of the fourth.
  const row = Uint8Array.from({ length: 105 }, (_, k) => Number(k === 3) * 255);
  const [first, second, third] = areaMeans(row, [1, 105, 1], [1, 28]);
  expect([first, second, third]).toEqual([(255 * 0.75) / 3.75, (255 * 0.25) / 3.75, 0]);
});

test("property: the mean of the image stays, and so does an image of one value", () => {
  const sides = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(sides, sides, sides, sides, fc.infiniteStream(fc.nat(255)), (h, w, newH, newW, stream) => {
      const values = Uint8Array.from({ length: h * w }, () => stream.next().value);
      const mean = (numbers: ArrayLike<number>) =>
        Array.from(numbers).reduce((a, b) => a + b, 0) / numbers.length;
      expect(mean(areaMeans(values, [h, w, 1], [newH, newW]))).toBeCloseTo(mean(values), 9);
      const [value] = values as unknown as [number];
      for (const pixel of areaMeans(values.fill(value), [h, w, 1], [newH, newW])) expect(pixel).toBe(value);
      expect([...areaMeans(values, [h, w, 1], [h, w])]).toEqual([...values]);
    }),
  );
});
