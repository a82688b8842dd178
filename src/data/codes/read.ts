import { extname } from "node:path";
import * as z from "zod";
import { refuse, UserError } from "../../errors.js";
import { fileSource } from "../../files/source.js";
import { own } from "../../given-names.js";
import type { NumericArray } from "../../numeric-array.js";
import { readNpy } from "../arrays/npy.js";
import { openNpz } from "../arrays/npz.js";
import { CORRIDORS_LABELS } from "../corridors.js";
import { numberOfCell } from "../csv/cell.js";
import {
  type LabelColumns,
  labelColumnOf,
  labelsBehindCode,
  namedLabels,
  namesOfLabels,
} from "../csv/label-columns.js";
import type { CsvLook } from "../csv/look.js";
import { type NumberTable, readNumberTable } from "../csv/number-table.js";
import { isTableFile, TABLE_ENDINGS } from "../csv/options.js";
import { withTable } from "../csv/table.js";
import { asIntegers, type ImageTable, labelNamesFor } from "../dataset.js";
import { csvKeys, type OptionsOf, word } from "../file-keys.js";

/** The name of the codes in an archive, where nothing else is said. */
export const CODES_ARRAY = "codes";
/** The name of the labels there. */
export const LABELS_ARRAY = "labels";
/** Their names there, as bytes: an array of numbers holds no texts. */
export const NAMES_ARRAY = "labelNames";
/** Label columns of a CSV file where nothing else is said: the authors' encoded files have the two of the Corridors. */
const CSV_LABELS = 2;

const columns = z.int().max(65_536);

/** What can be said about a file of codes (rule D15). */
export const codesKeys = {
  array: word
    .default(CODES_ARRAY)
    .describe("name of the codes in an archive; their labels are called labels"),
  dimensions: columns.min(1).optional().describe("dimensions that a code must have"),
  labels: columns
    .min(0)
    .optional()
    .describe(
      "number of label columns after the codes; by default 2 in a .csv file, in an archive those it has",
    ),
  labelNames: z.array(word).optional().describe("a name for every label; two are xU and xL by default"),
  ...csvKeys,
};

/** Where codes are and how their file is read: what a configuration says under `data.codes`. */
export type CodesOptions = OptionsOf<typeof codesKeys>;

/** Codes and their labels as a file holds them. */
interface Parts {
  readonly codes: NumericArray;
  readonly labels: NumericArray | undefined;
  /** Names of the labels, where the file has them. */
  readonly labelNames?: readonly string[] | undefined;
  readonly notice?: string | undefined;
}

const READERS: Readonly<Record<string, (path: string, options: CodesOptions) => Parts>> = {
  ".npz": readArchive,
  ...Object.fromEntries(TABLE_ENDINGS.map((ending) => [ending, readTable])),
};

/**
 * Reads codes with their labels (rule D15): from an archive `FILE.npz` the arrays `codes` [N, D] and `labels`
 * [N, L] or [N], from a table `FILE.csv` D columns of codes and then those of the labels.
 * @param path of the file, from the working folder.
 * @returns images of shape [1, 1, D].
 * @throws UserError with file and row when a row is short or long or a number is missing or not finite; with
 * the file when it cannot be read, has other dimensions than expected, or labels for another number of codes.
 */
export function readCodes(path: string, options: CodesOptions = {}): ImageTable {
  const read = own(READERS, extname(path).toLowerCase());
  if (!read) {
    refuse(
      path,
      "no known format of codes",
      `Give a file whose name ends in ${Object.keys(READERS).join(" or ")}, such as "narrows encode" writes`,
    );
  }
  const { codes, labels, labelNames, notice } = read(path, options);
  const [count, dimensions] = codes.shape as [number, number];
  if (options.dimensions !== undefined && dimensions !== options.dimensions) {
    refuse(
      path,
      `its codes have ${dimensions} dimensions, and ${options.dimensions} are expected`,
      "Set data.codes.dimensions to that number and data.codes.labels to the number of label columns after it",
    );
  }
  checkFinite(codes, path, "code");
  if (labels) checkFinite(labels, path, "label");
  const names = codeLabelNames(labels?.shape[1] ?? 0, path, options.labelNames ?? labelNames);
  return {
    count,
    imageShape: [1, 1, dimensions],
    images: Float32Array.from(codes.data),
    scale: 1,
    labels: labels && asIntegers(labels.data),
    labelNames: names,
    ...(notice !== undefined && { warnings: [notice] }),
  };
}

/** The names of a code's labels; two without names are those of the Corridors, as in the authors' files. */
export function codeLabelNames(
  count: number,
  where: string,
  names: readonly string[] | undefined,
): readonly string[] {
  return labelNamesFor(
    count,
    where,
    names ?? (count === CORRIDORS_LABELS.length ? CORRIDORS_LABELS : undefined),
  );
}

function readArchive(path: string, { array = CODES_ARRAY, labels: wanted }: CodesOptions): Parts {
  const archive = openNpz(fileSource(path));
  const codes = readNpy(archive.stream(array));
  if (codes.shape.length !== 2) refuseMisshapen(`${path}:${array}`, codes, "[codes, dimensions]");
  if (wanted === 0) return { codes, labels: undefined };
  const stored = readNpy(archive.stream(LABELS_ARRAY));
  const [count, width = 1, ...rest] = stored.shape;
  if (count !== codes.shape[0] || rest.length > 0 || (wanted !== undefined && width !== wanted)) {
    refuseMisshapen(`${path}:${LABELS_ARRAY}`, stored, `[${codes.shape[0]}, ${wanted ?? "labels"}]`);
  }
  const names = archive.keys.includes(NAMES_ARRAY) ? namesOf(readNpy(archive.stream(NAMES_ARRAY))) : [];
  return {
    codes,
    labels: { shape: [count, width], data: stored.data },
    labelNames: names.length === width ? names : undefined,
  };
}

/** Names as an array of bytes: UTF-8, each on a line of its own. */
export function asNames(names: readonly string[]): NumericArray {
  const data = new TextEncoder().encode(names.join("\n"));
  return { shape: [data.length], data };
}

function namesOf({ data }: NumericArray): string[] {
  return new TextDecoder().decode(Uint8Array.from(data)).split("\n");
}

function refuseMisshapen(where: string, { shape }: NumericArray, expected: string): never {
  refuse(
    where,
    `it has shape [${shape.join(", ")}], where ${expected} is expected`,
    'Give an archive such as "narrows encode" writes: one row per code, and as many rows of labels',
  );
}

function readTable(path: string, options: CodesOptions): Parts {
  // All columns: which of them are labels is found out here.
  const table = readNumberTable(path, { ...options, labelColumn: "none" });
  const { rows: count, columns, data, header, notice } = table;
  const { start, count: width } = labelColumns(table, options, path);
  const { dimensions } = options;
  const own = columns - width;
  if (own < 1 || (dimensions !== undefined && own !== dimensions)) {
    refuse(
      `${path}, row 1`,
      `it has ${columns} columns, where codes of ${dimensions ?? "1 or more"} dimensions and ${width} labels have ${(dimensions ?? 1) + width}${dimensions === undefined ? " or more" : ""}`,
      "Give data.codes.dimensions and data.codes.labels as the file has them",
    );
  }
  const all = Array.from({ length: columns }, (_, column) => column);
  const isLabel = (column: number) => column >= start && column < start + width;
  const part = (chosen: readonly number[]): NumericArray => ({
    shape: [count, chosen.length],
    data: Float64Array.from({ length: count * chosen.length }, (_, k) => {
      return data[Math.floor(k / chosen.length) * columns + chosen[k % chosen.length]!]!;
    }),
  });
  return {
    codes: part(all.filter((column) => !isLabel(column))),
    labels: width === 0 ? undefined : part(all.filter(isLabel)),
    labelNames: namesOfLabels(header, { start, count: width }),
    notice,
  };
}

/** Where the labels stand: where the options or the names say, else behind the codes. */
function labelColumns(
  { header, columns, rows, data }: NumberTable,
  { labels, labelNames, labelColumn }: CodesOptions,
  path: string,
): LabelColumns {
  const wanted = labels ?? labelNames?.length;
  if (labelColumn !== undefined) {
    const column = labelColumnOf(labelColumn, header, columns, path);
    const isSide = labelColumn === "front" || labelColumn === "behind";
    const count = column === undefined ? 0 : (wanted ?? (isSide ? CSV_LABELS : 1));
    return { start: labelColumn === "behind" ? columns - count : (column ?? columns), count };
  }
  const named = header && (labelsBehindCode(header) ?? namedLabels(header));
  if (named && (wanted ?? named.count) === named.count) return named;
  const count = wanted ?? CSV_LABELS;
  const start = columns - count;
  for (let k = Math.max(0, start); wanted === undefined && k < data.length; k++) {
    if (k % columns < start) continue;
    if (Number.isInteger(data[k]!) || !Number.isFinite(data[k]!)) continue;
    refuse(
      path,
      `its last ${count} columns are taken for labels, and hold ${data[k]}${rows === 1 ? "" : ` in row ${Math.floor(k / columns) + 1} of the numbers`}`,
      "Give the number of labels, and their place, with the options labels and labelColumn",
    );
  }
  return { start, count };
}

/**
 * Whether a file holds codes rather than images, by its looks: an archive with an array `codes`, or a table whose first
 * number could be no pixel.
 * @throws UserError when the file cannot be read.
 */
export function looksLikeCodes(path: string): boolean {
  if (isTableFile(path)) return beginsWithCode(path);
  return extname(path).toLowerCase() === ".npz" && openNpz(fileSource(path)).keys.includes(CODES_ARRAY);
}

/**
 * Whether the first number of a table could be no pixel, behind names, an index, and labels that a header tells. A table that can be
 * read in two ways is for its reader to refuse, who knows the options.
 */
function beginsWithCode(path: string): boolean {
  const look = lookInto(path);
  if (!look) return false;
  const isIndexed = look.index !== "no" && look.columns > 1;
  const start = isIndexed ? 1 : 0;
  const labels = look.header && namedLabels(look.header.slice(start));
  const behind = labels?.start === 0 ? labels.count : 0;
  const first = numberOfCell(look.rows[0]?.cells[start + behind] ?? "")?.value;
  const isPixel = first !== undefined && Number.isInteger(first) && first >= 0 && first <= 255;
  return first !== undefined && Number.isFinite(first) && !isPixel;
}

function lookInto(path: string): CsvLook | undefined {
  try {
    return withTable(path, {}, ({ look }) => look);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** A network learns nothing from what is not finite, and one such number spoils all its weights. */
function checkFinite({ shape, data }: NumericArray, path: string, what: string): void {
  const bad = data.findIndex((value: number) => !Number.isFinite(Math.fround(value)));
  if (bad < 0) return;
  refuse(
    `${path}, row ${Math.floor(bad / shape[1]!) + 1}`,
    `a ${what} of ${data[bad]}`,
    "Give finite numbers only",
  );
}
