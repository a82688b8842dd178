import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { generateCorridors } from "../../../src/data/corridors.js";
import { readImageCsv } from "../../../src/data/csv/reader.js";
import { imageCsvChunks } from "../../../src/data/csv/writer.js";
import type { ImageTable } from "../../../src/data/dataset.js";
import type { ImageCsvOptions } from "../../../src/data/file-keys.js";
import { asDataset } from "../../../src/data/fingerprint.js";
import { UserError } from "../../../src/errors.js";
import { writeFileAtomic } from "../../../src/files/atomic.js";
import { withProcessorTime } from "../../support/processor-time.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-csv-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "images.csv");

function read(content: string | Uint8Array, options?: ImageCsvOptions): ImageTable {
  writeFileSync(path, content);
  return readImageCsv(path, options);
}

// Vitest compares typed arrays a number at a time, which takes seconds here.
const sameBytes = (a: ImageTable["images"], b: ImageTable["images"]) =>
  Buffer.compare(Uint8Array.from(a), Uint8Array.from(b)) === 0;

const written = (table: ImageTable) => Buffer.concat([...imageCsvChunks(table)]);

describe("D9: round trip", () => {
  test("Corridors come back to the last byte, and the file too", () => {
    const table = generateCorridors({ samples: 5000, seed: 3 });
    const bytes = written(table);
    const back = read(bytes);
    expect(sameBytes(back.images, table.images)).toBe(true);
    expect(back.labels).toEqual(table.labels);
    expect(back).toMatchObject({ count: 5000, imageShape: [13, 13, 1], scale: 1 });
    expect(written(back).equals(bytes)).toBe(true);
    expect(asDataset("a", back).fingerprint).toBe(asDataset("b", table).fingerprint);
  });

  test("grey colour images with awkward real labels come back too", () => {
    const table: ImageTable = {
      count: 3,
      imageShape: [1, 2, 3],
      images: Uint8Array.from({ length: 18 }, (_, i) => i * 15),
      scale: 1 / 255,
      labels: Float64Array.of(-1.5, 1e-300, 0.1, 5e-324, -0, 1.7976931348623157e308),
      labelNames: ["a", "b"],
    };
    const options = { height: 1, width: 2, channels: 3, labelNames: ["a", "b"] };
    expect(read(written(table), options)).toEqual(table);
  });

  test("images without labels", () => {
    const table = read("0,1,1,0\n1,1,0,0\n");
    expect(table).toMatchObject({ count: 2, imageShape: [2, 2, 1], labels: undefined, labelNames: [] });
    expect(written(table).toString()).toBe("0,1,1,0\n1,1,0,0\n");
  });
});

describe("D9: forms of the same file", () => {
  const expected = read("0,1,1,0,7\n1,1,0,0,12\n");

  test.each([
    ["the last line without its end", "0,1,1,0,7\n1,1,0,0,12"],
    ["CRLF", "0,1,1,0,7\r\n1,1,0,0,12\r\n"],
    ["CRLF, the last line without its end", "0,1,1,0,7\r\n1,1,0,0,12"],
    ["old Macintosh line ends", "0,1,1,0,7\r1,1,0,0,12\r"],
    ["a byte order mark", "\ufeff0,1,1,0,7\n1,1,0,0,12\n"],
    [
      "spaces, signs, zeros, fractions, exponents",
      " 0,+1,1.0, 1e-0 ,7\n001,1,-0,0.,1.2e1\n".replace("1e-0", "0e5"),
    ],
    ["blank lines at the end", "0,1,1,0,7\n1,1,0,0,12\n\r\n\n"],
  ])("%s", (_, content) => {
    expect(read(content)).toMatchObject(expected);
  });

  test("rows longer than a block, and many blocks", () => {
    const side = 800;
    const row = Array.from({ length: side * side }, (_, i) => i % 256).join();
    const table = read(`${row},1\n${row},2\n${row},3`, { labels: 1 });
    expect(table).toMatchObject({ count: 3, imageShape: [side, side, 1], labels: Int32Array.of(1, 2, 3) });
    expect(table.images[2 * side * side + 300]).toBe(300 % 256);
  });

  test("D8: bytes above 1 make it grey", () => {
    expect(read("0,255,3,1\n").scale).toBe(1 / 255);
    expect(read("0,1,1,1\n").scale).toBe(1);
  });
});

describe("D10: the shape of an image", () => {
  // A last column that is no pixel among zeros and ones.
  const row = (columns: number) => `${[...Array(columns - 1).fill(1), 7].join()}\n`;

  test.each([
    [169, {}, [13, 13, 1], 0],
    [170, {}, [13, 13, 1], 1],
    [171, {}, [13, 13, 1], 2],
    [785, {}, [28, 28, 1], 1],
    [172, { labels: 3 }, [13, 13, 1], 3],
    [12, { height: 3, width: 4 }, [3, 4, 1], 0],
    [15, { height: 3, width: 4 }, [3, 4, 1], 3],
    [28, { channels: 3, labels: 1 }, [3, 3, 3], 1],
    [20, { height: 4 }, [4, 4, 1], 4],
  ] as const)("%i columns with %j are %j and %i labels", (columns, options, imageShape, labels) => {
    const table = read(labels === 0 ? row(columns).replace("7", "1") : row(columns), options);
    expect(table.imageShape).toEqual(imageShape);
    expect(table.labelNames).toHaveLength(labels);
  });

  test.each([
    [
      172,
      {},
      /172 columns are no square image with 0, 1 or 2 labels\. Describe them .* height, width, channels and labels/,
    ],
    [171, { labels: 3 }, /171 columns are no square image with 3 labels/],
    [171, { height: 14, width: 14 }, /171 columns, but 14 x 14 pixels x 1 channels make 196/],
    [171, { height: 12, width: 13, labels: 2 }, /12 x 13 pixels x 1 channels and 2 labels make 158/],
    [171, { labelNames: ["a", "a"], labels: 1 }, /no square image with 1 labels/],
    [170, { labelNames: ["a", "b"], labels: 1 }, /2 label names for 1 labels/],
    [171, { channels: 3 }, /no square image of 3 channels/],
  ])("%i columns with %j are refused", (columns, options, message) => {
    expect(() => read(row(columns), options)).toThrow(message);
  });
});

describe("bad input", () => {
  const good = "0,1,1,0,7\n".repeat(3);
  test.each([
    ["a short row", `${good}0,1,1\n`, /images\.csv, row 4: the row has 3 columns, the first row has 5\./],
    ["a long row", `${good}0,1,1,0,7,8\n`, /row 4: the row has 6 columns, the first row has 5/],
    ["a truncated last row", `${good}0,1`, /row 4: the row has 2 columns/],
    ["a word", `${good}0,1,abc,0,7\n`, /row 4, column 3: "abc" is not a number\. Give numbers/],
    ["a word among the labels", `${good}0,1,1,0,x\n`, /row 4, column 5: "x" is not a number/],
    ["a missing value", `${good}0,,1,0,7\n`, /row 4, column 2: the value is missing/],
    [
      "a pixel above 255",
      `${good}0,256,1,0,7\n`,
      /row 4, column 2: a pixel of 256\. Give integers from 0 to 255/,
    ],
    ["a negative pixel", `${good}-1,2,1,0,7\n`, /row 4, column 1: a pixel of -1/],
    ["a pixel with a fraction", `${good}0.5,2,1,0,7\n`, /row 4, column 1: a pixel of 0\.5/],
    ["nan", `${good}0,1,1,0,nan\n`, /row 4, column 5: "nan" is not a number/],
    ["infinity", `${good}0,1,1,0,1e999\n`, /row 4, column 5: "1e999" is not a number/],
    ["hexadecimal", `${good}0x1,1,1,0,1\n`, /row 4, column 1: "0x1" is not a number/],
    ["a blank row in the middle", `${good}\n${good}`, /row 4: the row is empty\. Remove it/],
    ["a blank first row", `\n${good}`, /row 1: the row is empty/],
    ["an empty file", "", /images\.csv: the file is empty\. Give a CSV file/],
    ["a file of blank lines", "\n\n\r\n", /images\.csv: the file is empty/],
    [
      "an endless number",
      `${good}${"1".repeat(5000)},1,1,0,7\n`,
      /row 4, column 1: the integer "1{24}\.\.\." is beyond 2\^53/,
    ],
  ])("%s", (_, content, message) => {
    expect(() => read(content, { labels: 1 })).toThrow(UserError);
    expect(() => read(content, { labels: 1 })).toThrow(message);
  });

  test("bytes that are no text", () => {
    const noise = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 2654435761) >>> 13);
    expect(() => read(noise)).toThrow(UserError);
    expect(() => read(noise)).toThrow(/^[^\n]+$/);
    expect(() => read(new Uint8Array(3 << 20))).toThrow(UserError);
  });

  test("a missing file and a folder", () => {
    expect(() => readImageCsv(join(folder, "none.csv"))).toThrow(/none\.csv: no such file/);
    expect(() => readImageCsv(folder)).toThrow(/this is a folder/);
  });
});

test("200,000 rows of 171 columns are read in a moment", async () => {
  const big = join(folder, "big.csv");
  const table = generateCorridors({ samples: 20_000 });
  writeFileAtomic(big, imageCsvChunks(table));
  const bytes = written(table);
  for (let copy = 1; copy < 10; copy++) appendFileSync(big, bytes);
  const { result, milliseconds } = await withProcessorTime(() => readImageCsv(big));
  const { count, images } = result;
  console.info(`200,000 rows of 171 columns read in ${milliseconds.toFixed(0)} ms`);
  expect(count).toBe(200_000);
  expect(sameBytes(images.subarray(-table.images.length), table.images)).toBe(true);
  expect(milliseconds).toBeLessThan(6000); // 400 when measured alone
});
