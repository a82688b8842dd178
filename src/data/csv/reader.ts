import { refuse } from "../../errors.js";
import { asIntegers, type ImageTable } from "../dataset.js";
import type { ImageCsvOptions } from "../file-keys.js";
import { GrowingArray, withLineCounts } from "./growing.js";
import { type ImageColumns, imageColumns } from "./image-columns.js";
import { noticeOf } from "./look.js";
import { NumberRows } from "./number-rows.js";
import { refuseHeaderAlone } from "./refusals.js";
import { type OpenTable, withTable } from "./table.js";

/**
 * Reads images and labels from a CSV file (rules D9 and D10), in one pass of 1 MB blocks, straight into bytes: 200,000
 * rows of 171 columns take about a third of a second.
 * @returns labels as Int32Array when all are integers of 32 bits, as Float64Array otherwise; `warnings` say what the file was
 * taken for, where that is not plain.
 * @throws UserError with file, row and column when a row is short or long, a value is no number, or a pixel is no
 * integer from 0 to 255; with the file when it is empty, its columns fit no image, or it can be read in two ways.
 */
export function readImageCsv(path: string, options: ImageCsvOptions = {}): ImageTable {
  return withTable(path, options, (table) => readImages(table, options));
}

function readImages(table: OpenTable, options: ImageCsvOptions): ImageTable {
  const { where: path, look } = table;
  const columns = imageColumns(table, options);
  const { imageShape, pixels, labelNames, labelStart, first } = columns;
  const labelCount = labelNames.length;
  const images = new GrowingArray((length) => new Uint8Array(length), path);
  const labels = new GrowingArray((length) => new Float64Array(length), path);
  let bytes = images.data;
  let numbers = labels.data;
  let rows = 0;
  let seen = 0;
  const copy = (row: Float64Array, from: number, to: number, length: number, line: number) => {
    const all = copyBytes(row, from, bytes, to, length);
    if (all < 0) refuseNoPixel(path, row, from, line);
    seen |= all;
  };
  const labelFrom = first + labelStart;
  const parser = rowsOf(table, columns, (row, line) => {
    const to = rows * pixels;
    if (first === 1 && look.index === "perhaps") checkCount(row[0]!, rows);
    copy(row, first, to, labelStart, line);
    copy(row, labelFrom + labelCount, to + labelStart, pixels - labelStart, line);
    for (let i = 0; i < labelCount; i++) numbers[rows * labelCount + i] = row[labelFrom + i]!;
    rows += 1;
  });
  const countStart = Number(look.rows[0]?.cells[0]);
  const checkCount = (value: number, row: number) => {
    const expected = countStart + row;
    if (value === expected) return;
    refuse(
      `${path}, column 1`,
      `it counts up to ${expected - 1} and continues with ${value}, so it may be an index or a pixel`,
      "Give the option index: yes to leave it out, no to keep it",
    );
  };
  for (const { block, lines, expected } of withLineCounts(table)) {
    bytes = images.reserve(lines * pixels, expected * pixels);
    numbers = labels.reserve(lines * labelCount, expected * labelCount);
    parser.push(block);
  }
  if (rows === 0) refuseHeaderAlone(path);
  const notice = noticeOf([...table.notes, ...parser.finish(), ...columns.notes], path);
  const ownLabels = labels.finish(rows * labelCount);
  return {
    count: rows,
    imageShape,
    images: images.finish(rows * pixels),
    scale: seen <= 1 ? 1 : 1 / 255,
    labels: labelCount === 0 ? undefined : asIntegers(ownLabels),
    labelNames,
    ...(notice !== undefined && { warnings: [notice] }),
  };
}

function rowsOf(
  table: OpenTable,
  { first }: ImageColumns,
  take: (row: Float64Array, line: number) => void,
): NumberRows {
  return new NumberRows(
    table,
    {
      // A count is read, as it has to count to the end.
      skipped: new Uint8Array(table.look.columns).fill(1, 0, table.look.index === "perhaps" ? 0 : first),
      allowsNonFinite: false,
      remedy: () => "Give one image per row: pixels from 0 to 255 and labels that are numbers",
    },
    take,
  );
}

/** Copies bytes; returns all their bits, or -1 where a number is no byte. Apart, so that it is compiled well. */
function copyBytes(row: Float64Array, from: number, bytes: Uint8Array, to: number, length: number): number {
  let all = 0;
  for (let i = 0; i < length; i++) {
    const value = row[from + i]!;
    const byte = value & 255;
    if (byte !== value) return -1;
    all |= byte;
    bytes[to + i] = byte;
  }
  return all;
}

function refuseNoPixel(path: string, row: Float64Array, from: number, line: number): never {
  const column = row.findIndex((value, i) => i >= from && (value & 255) !== value);
  refuse(
    `${path}, row ${line}, column ${column + 1}`,
    `a pixel of ${row[column]}`,
    "Give integers from 0 to 255",
  );
}
