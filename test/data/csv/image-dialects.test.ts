import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCodes } from "../../../src/data/codes/read.js";
import { readImageCsv } from "../../../src/data/csv/reader.js";
import type { ImageCsvOptions } from "../../../src/data/file-keys.js";
import { recognizeDataset } from "../../../src/data/sources/index.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { folderWith } from "../files.js";

const read = (text: string, options?: ImageCsvOptions) =>
  readImageCsv(join(folderWith({ "a.csv": text }), "a.csv"), options);

/** Sixty grey images of 2 x 2 pixels with a black corner at either end, and labels from 0 to 9. */
const stream = new PhiloxStream(3, "images with labels");
const pixels = Array.from({ length: 60 }, () => [0, stream.integer(256), stream.integer(256), 0]);
const labels = pixels.map((_, i) => (7 * i) % 10);
const front = pixels.map((row, i) => [labels[i], ...row].join()).join("\n");
const behind = pixels.map((row, i) => [...row, labels[i]].join()).join("\n");
const names = "label,pixel0,pixel1,pixel2,pixel3\n";

test.each<[string, string, ImageCsvOptions | undefined]>([
  ["labels behind", behind, undefined],
  ["labels in front", front, undefined],
  ["labels in front, asked for by number", front, { labels: 1 }],
  ["labels in front, by name", names + front, undefined],
  [
    "pandas with an index",
    `,${names}${front
      .split("\n")
      .map((row, i) => `${i},${row}`)
      .join("\n")}`,
    undefined,
  ],
  [
    "an index without names",
    front
      .split("\n")
      .map((row, i) => `${i},${row}`)
      .join("\n"),
    { labelColumn: "front" },
  ],
  ["a numeric header", `0,1,2,3,4\n${behind}`, undefined],
  ["tabs, quoted names", (names.replaceAll(/[a-z0-9]+/g, '"$&"') + front).replaceAll(",", "\t"), undefined],
])("D10: %s", (_, text, options) => {
  const table = read(text, options);
  expect([...table.images]).toEqual(pixels.flat());
  expect([...table.labels!]).toEqual(labels);
  expect(table).toMatchObject({ count: 60, imageShape: [2, 2, 1], scale: 1 / 255, labelNames: ["label"] });
});

test("D10: several labels by their names, and pixels in another order than their numbers are refused", () => {
  const two = read("xU,xL,p1,p2,p3,p4\n7,9,0,1,1,0\n8,3,1,1,0,0\n");
  expect(two).toMatchObject({ labels: Int32Array.of(7, 9, 8, 3), labelNames: ["xU", "xL"] });
  expect([...two.images]).toEqual([0, 1, 1, 0, 1, 1, 0, 0]);
  const sorted = Array.from({ length: 16 }, (_, k) => `pixel${k}`).sort();
  expect(() => read(`label,${sorted}\n1,${sorted.map(() => 0)}\n2,${sorted.map(() => 255)}\n`)).toThrow(
    /its pixels stand in another order than they are numbered: pixel15 before pixel2\. Save its columns/,
  );
});

test("a table of images whose first label could be no pixel is not taken for codes", () => {
  const path = join(folderWith({}), "a.csv");
  writeFileSync(path, "id,kind,pixel0,pixel1,pixel2,pixel3\n4711,1,0,1,2,3\n4712,0,9,8,7,6\n");
  expect(recognizeDataset(path)).toEqual({ file: path });
});

test("D10: labels that may stand on either side are refused until said", () => {
  const binary = "0,1,1,0,1\n1,0,1,1,0\n";
  expect(() => read(binary)).toThrow(/may be before or after the pixels.*labelColumn.*front or behind/);
  expect(read(binary, { labelColumn: "behind" }).labels).toEqual(Int32Array.of(1, 0));
  expect(read(binary, { labelColumn: "front" }).labels).toEqual(Int32Array.of(0, 1));
  expect(read(binary, { labels: 1 }).labels).toEqual(Int32Array.of(1, 0));
});

test("D8: a header is no row of pixels: images of zeros and ones keep their scale", () => {
  const table = read("0,1,2,3\n0,1,1,0\n1,1,0,0\n");
  expect(table).toMatchObject({ count: 2, scale: 1 });
  expect(table.warnings).toEqual([expect.stringMatching(/a\.csv: read with row 1 as a header/)]);
  expect(() => read("0,1,1,0,9007199254740993\n")).toThrow(/row 1, column 5: the integer .* is beyond 2\^53/);
});

test("D15: codes by the names of their columns, and never with a coordinate as a label", () => {
  const path = join(folderWith({}), "c.csv");
  const codes = (text: string, options = {}) => {
    writeFileSync(path, text);
    return readCodes(path, options);
  };
  const named = codes("label,z0,z1\n4,0.5,1.5\n5,2.5,3.5\n");
  expect(named).toMatchObject({ labels: Int32Array.of(4, 5), labelNames: ["label"], imageShape: [1, 1, 2] });
  expect([...named.images]).toEqual([0.5, 1.5, 2.5, 3.5]);
  expect(() => codes("0.5,1.5,2.5\n0.25,3.5,4\n")).toThrow(
    /last 2 columns are taken for labels, and hold 1\.5.*labels/,
  );
  expect(codes("0.5,1.5,2.5\n0.25,3.5,4\n", { labels: 0 })).toMatchObject({ imageShape: [1, 1, 3] });
});
