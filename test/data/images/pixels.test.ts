import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { imageTable } from "../../../src/data/images/read-arrays.js";
import { pixelValues } from "../../../src/data/pixel-moments.js";
import type { NumericData } from "../../../src/numeric-array.js";
import { refusal } from "../files.js";

const table = (data: NumericData) => imageTable({ shape: [1, 1, data.length], data }, "a");

describe("D19: numbers become pixels in one of two ways, or none", () => {
  test("bytes in any type have the same values", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 20 }), (bytes) => {
        const [first, ...others] = [
          Uint8Array,
          Int16Array,
          Uint16Array,
          Int32Array,
          Uint32Array,
          Float32Array,
          Float64Array,
        ].map((type) => pixelValues(table(type.from(bytes))));
        for (const other of others) expect(other).toEqual(first);
      }),
    );
  });

  // The remedy of each, followed, is accepted.
  test.each<[string, number[], RegExp, (x: number) => number]>([
    [
      "-1 to 1",
      [-1, 0.25, 1],
      /Bring -1 to 1 into 0 to 1, as float32: \(x \+ 1\) \/ 2\.$/,
      (x) => (x + 1) / 2,
    ],
    ["0 to 255 with fractions", [0, 0.5, 255], /Divide all by 255, as float32\.$/, (x) => x / 255],
    ["16 bits", [0, 40_000, 65_535], /Divide all by 65535/, (x) => x / 65_535],
    ["standard scores", [-2.5, 0, 3], /\(x - black\) \/ \(white - black\)/, (x) => (x + 2.5) / 5.5],
  ])("%s is refused with a remedy that works", (_, values, remedy, followed) => {
    expect(refusal(() => table(Float64Array.from(values)))).toMatch(remedy);
    expect(table(Float32Array.from(values, followed)).scale).toBe(1);
  });

  test("what is not finite is refused, whatever stands beside it", () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(refusal(() => table(Float32Array.of(0, bad, 0.5)))).toMatch(
        /^a, image 1: a pixel of .*\. Replace what is not a finite number\.$/,
      );
    }
  });
});
