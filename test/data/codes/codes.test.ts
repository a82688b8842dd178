import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readCsvArray } from "../../../src/data/arrays/csv.js";
import { encodeNpz } from "../../../src/data/arrays/index.js";
import { type CodesOptions, readCodes } from "../../../src/data/codes/read.js";
import { writeCodes } from "../../../src/data/codes/write.js";
import { datasetSchema, loadDataset } from "../../../src/data/sources/index.js";
import { sliceDataset } from "../../../src/data/split.js";
import { UserError } from "../../../src/errors.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-codes-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

/** The line a user would see, without the folder. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError && !error.message.includes("\n"))
      return error.message.replaceAll(`${folder}/`, "");
    throw error;
  }
  throw new Error("nothing was thrown");
}

const codes = { shape: [3, 2], data: Float32Array.of(0.1, -2, 1e-7, 3, -0.25, 0) };
const labels = { shape: [3, 2], data: Int32Array.of(0, 12, 3, 4, 5, 6) };

describe("D15: codes in a file", () => {
  test.each(["a.npz", "a.csv"])("%s: written and read they are the same, to the last bit", (name) => {
    writeCodes(path(name), { codes, labels });
    const table = readCodes(path(name));
    expect(table).toEqual({
      count: 3,
      imageShape: [1, 1, 2],
      images: codes.data,
      scale: 1,
      labels: labels.data,
      labelNames: ["xU", "xL"],
    });
    writeCodes(path(`again-${name}`), {
      codes: { shape: [3, 2], data: table.images as Float32Array },
      labels,
    });
    expect(readdirSync(folder)).not.toContainEqual(expect.stringContaining("tmp"));
  });

  test("a table has names: labels of any number and kind are told from the dimensions, by codes and by arrays", () => {
    const three = { shape: [3, 3], data: Float64Array.of(0, 1.5, 2, 12, 1.5, 2, 3, 1.5, 1) };
    writeCodes(path("n.csv"), { codes, labels: three, labelNames: ["kind", "x,pos", "y"] });
    expect(readFileSync(path("n.csv"), "utf8").split("\n")[0]).toBe('z1,z2,kind,"x,pos",y');
    expect(readCodes(path("n.csv"))).toMatchObject({
      images: codes.data,
      labels: three.data,
      labelNames: ["kind", "x,pos", "y"],
    });
    writeCodes(path("n.npz"), { codes, labels: three, labelNames: ["kind", "x,pos", "y"] });
    expect(readCodes(path("n.npz"))).toEqual(readCodes(path("n.csv")));
    const notices: string[] = [];
    const array = readCsvArray(path("n.csv"), { onNotice: (line) => notices.push(line) });
    expect(array.shape).toEqual([3, 2]);
    expect(notices).toEqual([
      expect.stringMatching(/labels of a code \("kind", "x,pos", "y"\) left out; the option labelColumn can/),
    ]);
    expect(readCsvArray(path("n.csv"), { labelColumn: "none" }).shape).toEqual([3, 5]);
    writeCodes(path("none.csv"), { codes, labels: undefined });
    expect(readCodes(path("none.csv"))).toMatchObject({
      images: codes.data,
      labels: undefined,
      labelNames: [],
    });
  });

  test("labels of other images than the codes are not written beside them", () => {
    expect(() =>
      writeCodes(path("b.csv"), { codes, labels: { shape: [1, 1], data: Uint8Array.of(1) } }),
    ).toThrow(/b\.csv: codes of shape .* and labels of shape \[1, 1\] are not a row for each image/);
  });

  test("the form of the file does not enter the fingerprint, the codes do", () => {
    writeCodes(path("b.npz"), { codes, labels });
    writeCodes(path("b.csv"), { codes, labels });
    const load = (name: string) => loadDataset(datasetSchema.parse({ codes: { file: path(name) } }));
    expect(load("b.npz").fingerprint).toBe(load("b.csv").fingerprint);
    writeCodes(path("c.npz"), { codes: { ...codes, data: codes.data.map((x) => -x) }, labels });
    expect(load("c.npz").fingerprint).not.toBe(load("b.npz").fingerprint);
    expect(sliceDataset(load("b.csv"), [1, 3]).images).toEqual(codes.data.subarray(2));
  });

  test("an archive may name its codes otherwise, and have labels in one axis or none", () => {
    const one = { shape: [3], data: Int32Array.of(1, 2, 3) };
    writeFileSync(path("d.npz"), encodeNpz({ mean: codes, labels: one }));
    expect(readCodes(path("d.npz"), { array: "mean" })).toMatchObject({
      labels: one.data,
      labelNames: ["label"],
    });
    expect(readCodes(path("d.npz"), { array: "mean", labels: 0 })).toMatchObject({
      labels: undefined,
      labelNames: [],
    });
  });

  const rows = (...lines: string[]) => lines.join("\n");
  test.each<[what: string, text: string, options: CodesOptions, line: RegExp]>([
    [
      "a short row",
      rows("1,2,3,4", "1,2,3"),
      {},
      /^x\.csv, row 2: the row has 3 columns, the first row has 4\. /,
    ],
    [
      "another number of dimensions",
      rows("1,2,3,4,5", "1,2,3,4,5"),
      { dimensions: 5, labels: 2 },
      /^x\.csv, row 1: it has 5 columns, where codes of 5 dimensions and 2 labels have 7\. /,
    ],
    [
      "labels alone",
      "1,2",
      {},
      /^x\.csv, row 1: it has 2 columns, where codes of 1 or more dimensions and 2 labels/,
    ],
    ["a code that is not finite", rows("1,2,3", "nan,4,5"), {}, /^x\.csv, row 2: a code of NaN\. /],
    [
      "a wrong number of names",
      "1,2,3",
      { labelNames: ["a"], labels: 2 },
      /^x\.csv: 1 label names for 2 labels\. /,
    ],
    ["an empty file", "", {}, /^x\.csv: the file is empty\. /],
  ])("%s is refused in one line with its place", (_, text, options, line) => {
    writeFileSync(path("x.csv"), text);
    expect(refusal(() => readCodes(path("x.csv"), options))).toMatch(line);
  });

  test("archives that do not fit are refused in one line", () => {
    writeFileSync(path("y.npz"), encodeNpz({ codes, labels: { shape: [2], data: Int32Array.of(1, 2) } }));
    expect(refusal(() => readCodes(path("y.npz")))).toMatch(
      /^y\.npz:labels: it has shape \[2\], where \[3, labels\]/,
    );
    writeFileSync(path("z.npz"), encodeNpz({ mean: codes }));
    expect(refusal(() => readCodes(path("z.npz")))).toMatch(
      /^z\.npz: it holds no array named "codes"\. .*mean/,
    );
    writeCodes(path("w.npz"), { codes, labels });
    expect(refusal(() => readCodes(path("w.npz"), { dimensions: 5 }))).toMatch(
      /^w\.npz: its codes have 2 dimensions, and 5 are expected\. /,
    );
  });

  test("a file that is missing, and one of another kind", () => {
    expect(refusal(() => readCodes(path("none.npz")))).toMatch(/^none\.npz: /);
    expect(refusal(() => readCodes(path("codes.dat")))).toMatch(/^codes\.dat: no known format of codes\. /);
    expect(refusal(() => writeCodes(path("codes.txt"), { codes, labels }))).toMatch(
      /^codes\.txt: the name does not end/,
    );
  });
});
