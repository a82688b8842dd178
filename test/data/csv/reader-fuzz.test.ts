import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readImageCsv } from "../../../src/data/csv/reader.js";
import { UserError } from "../../../src/errors.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-fuzz-"));
const path = join(folder, "fuzz.csv");
afterAll(() => rmSync(folder, { recursive: true }));

/** Nothing is inferred: commas, no names, 2 x 2 pixels and then a label. */
const PLAIN = {
  delimiter: "comma",
  header: false,
  index: false,
  height: 2,
  width: 2,
  labels: 1,
  labelColumn: "behind",
};
const FIELD = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/** The same file read the slow and simple way: 2 x 2 pixels and one label a row; undefined where it is no such file. */
function readSimply(text: string): number[][] | undefined {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  while (lines.at(-1) === "") lines.pop();
  const rows = lines.map((line) =>
    line.split(",").map((field) => (FIELD.test(field) ? Number(field) : Number.NaN)),
  );
  const good = rows.every(
    (row) =>
      row.length === 5 &&
      row.every(
        (value, i) =>
          Number.isFinite(value) && (i === 4 || (Number.isInteger(value) && value >= 0 && value <= 255)),
      ),
  );
  return good && rows.length > 0 ? rows : undefined;
}

const field = fc.oneof(
  { weight: 30, arbitrary: fc.nat(255).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "256",
      "-1",
      "1.0",
      " 7 ",
      "",
      "x",
      "1e1",
      "0x1",
      "007",
      "+3",
      ".",
      "1e",
      "-0",
    ),
  },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
);
const row = fc.oneof(
  { weight: 20, arbitrary: fc.array(field, { minLength: 5, maxLength: 5 }).map((fields) => fields.join()) },
  { weight: 1, arbitrary: fc.array(field, { maxLength: 7 }).map((fields) => fields.join()) },
);
const content = fc
  .tuple(fc.array(row, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([rows, end, ended]) => rows.join(end) + (ended ? end : ""));

test("D9: any text is read as a simple reader reads it, or refused in one line", () => {
  let accepted = 0;
  fc.assert(
    fc.property(content, (text) => {
      writeFileSync(path, text);
      const expected = readSimply(text);
      let found: number[][] | undefined;
      try {
        const { count, images, labels } = readImageCsv(path, PLAIN);
        found = Array.from({ length: count }, (_, i) => [...images.subarray(4 * i, 4 * i + 4), labels![i]]);
        accepted += 1;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.message).not.toContain("\n");
      }
      // Pixels are bytes, which know no minus zero.
      expect(found?.map((values) => values.map((value) => value + 0))).toEqual(
        expected?.map((values) => values.map((value) => value + 0)),
      );
    }),
    { numRuns: 1500 },
  );
  expect(accepted).toBeGreaterThan(300);
});
