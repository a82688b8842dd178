import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCsv, encodeCsv } from "../../../src/data/arrays/index.js";

const read = (text: string) => decodeCsv(new TextEncoder().encode(text), "a.csv");

describe("tables of numbers", () => {
  test("plain, with spaces, comments, a byte-order mark, Windows line ends and empty lines at the end", () => {
    const expected = { shape: [2, 3], data: Float64Array.of(1, -2.5, 3e-4, 4, 0.5, 6) };
    expect(read("1,-2.5,3e-4\n4,.5,6\n")).toEqual(expected);
    expect(read("\ufeff# x,y,z\r\n1, -2.5 ,3E-4\r\n4,.5,+6.\r\n\r\n")).toEqual(expected);
  });

  test("nan and inf are numbers here; one column keeps two axes", () => {
    expect(read("nan\n-inf\n7")).toEqual({
      shape: [3, 1],
      data: Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 7),
    });
  });

  test("property: what is written reads back to the same bits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.float64Array({ minLength: 4, maxLength: 4 }),
        (rows, data) => {
          const shape = 4 % rows === 0 ? [rows, 4 / rows] : [4, 1];
          expect(read(encodeCsv({ shape, data }, "a.csv"))).toEqual({ shape, data });
        },
      ),
    );
  });

  test.each([
    ["1,2\n3,x\n", /^a\.csv, row 2, column 2: "x" is not a number/],
    ["1,2\n3,\n", /^a\.csv, row 2, column 2: the value is missing/],
    ["1,2\n3,0x10\n", /row 2, column 2: "0x10" is not a number/],
    ["1,2\n3,constructor\n", /row 2, column 2: "constructor" is not a number/],
    ["1,2,3\n3,4\n", /^a\.csv, row 2: the row has 2 columns, the first row has 3/],
    ["1,2\n\n3,4\n", /^a\.csv, row 2: the row is empty/],
    ["", /^a\.csv: the file is empty/],
    ["# only a comment\n", /^a\.csv: the file is empty/],
    ["\u0000\u0001\u0002binary", /^a\.csv: it holds bytes of value 0, so it is not text/],
  ])("%j is refused", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("three axes do not fit a table", () => {
    expect(() => encodeCsv({ shape: [1, 1, 1], data: Float64Array.of(1) }, "a.csv")).toThrow(
      /Write it as \.npy/,
    );
  });
});
