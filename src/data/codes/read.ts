import { extname } from "node:path";
import { UserError } from "../../errors.js";
import { readBytes } from "../../files/read.js";
import { fileSource } from "../../files/source.js";
import type { NumericArray } from "../../numeric-array.js";
import { own } from "../../own.js";
import { decodeCsv } from "../arrays/csv.js";
import { openNpz, readNpz } from "../arrays/npz.js";
import type { ImageTable } from "../dataset.js";
import { asIntegers } from "../labels.js";

/** How a file of codes is read (rule D15). */
export interface CodesOptions {
  /** Name of the codes in an archive. */
  readonly array?: string | undefined;
  /** Dimensions that a code must have, D; whatever the file has where not given. */
  readonly dimensions?: number | undefined;
  /** Label columns behind the codes of a CSV file. */
  readonly labels?: number | undefined;
  readonly labelNames?: readonly string[] | undefined;
}

/** The name of the codes in an archive, where nothing else is said. */
export const CODES_ARRAY = "codes";
/** The name of the labels there. */
export const LABELS_ARRAY = "labels";
/** Label columns of a CSV file where nothing else is said: the authors' encoded files have the two of the Corridors. */
const CSV_LABELS = 2;

/** Codes and their labels as a file holds them. */
interface Parts {
  readonly codes: NumericArray;
  readonly labels: NumericArray | undefined;
}

const READERS: Readonly<Record<string, (path: string, options: CodesOptions) => Parts>> = {
  ".npz": readArchive,
  ".csv": readTable,
};

/**
 * Reads codes with their labels (rule D15): from an archive `FILE.npz` the arrays `codes` [N, D] and `labels` [N, L] or
 * [N], from a table `FILE.csv` D columns of codes and then those of the labels.
 * @returns images of shape [1, 1, D].
 * @throws UserError with file and row when a row is short or long or a number is missing or not finite; with the file
 * when it cannot be read, has other dimensions than expected, or labels for another number of codes.
 */
export function readCodes(path: string, options: CodesOptions = {}): ImageTable {
  const read = own(READERS, extname(path).toLowerCase());
  if (!read) {
    throw new UserError({
      where: path,
      what: "no known format of codes",
      remedy: `Give a file whose name ends in ${Object.keys(READERS).join(" or ")}, such as "narrows encode" writes`,
    });
  }
  const { codes, labels } = read(path, options);
  const [count, dimensions] = codes.shape as [number, number];
  if (options.dimensions !== undefined && dimensions !== options.dimensions) {
    throw new UserError({
      where: path,
      what: `its codes have ${dimensions} dimensions, and ${options.dimensions} are expected`,
      remedy: "Set data.codes.dimensions to that number and data.codes.labels to the label columns behind it",
    });
  }
  checkFinite(codes, path, "code");
  if (labels) checkFinite(labels, path, "label");
  const names = options.labelNames ?? defaultNames(labels?.shape[1] ?? 0);
  if (names.length !== (labels?.shape[1] ?? 0)) {
    throw new UserError({
      where: path,
      what: `${names.length} label names for ${labels?.shape[1] ?? 0} labels`,
      remedy: "Give one name a label",
    });
  }
  return {
    count,
    imageShape: [1, 1, dimensions],
    images: Float32Array.from(codes.data),
    scale: 1,
    labels: labels && asIntegers(labels.data),
    labelNames: names,
  };
}

function readArchive(path: string, { array = CODES_ARRAY, labels: wanted }: CodesOptions): Parts {
  const archive = openNpz(fileSource(path));
  const codes = readNpz(archive, array);
  if (codes.shape.length !== 2) throw misshapen(`${path}:${array}`, codes, "[codes, dimensions]");
  if (wanted === 0) return { codes, labels: undefined };
  const stored = readNpz(archive, LABELS_ARRAY);
  const [count, width = 1, ...rest] = stored.shape;
  if (count !== codes.shape[0] || rest.length > 0 || (wanted !== undefined && width !== wanted)) {
    throw misshapen(`${path}:${LABELS_ARRAY}`, stored, `[${codes.shape[0]}, ${wanted ?? "labels"}]`);
  }
  return { codes, labels: { shape: [count, width], data: stored.data } };
}

function misshapen(where: string, { shape }: NumericArray, expected: string): UserError {
  return new UserError({
    where,
    what: `it has shape [${shape.join(", ")}], where ${expected} is expected`,
    remedy: 'Give an archive such as "narrows encode" writes: a row a code, and as many rows of labels',
  });
}

function readTable(path: string, { dimensions, labels: wanted, labelNames }: CodesOptions): Parts {
  const { shape, data } = decodeCsv(readBytes(path), path);
  const [count, columns] = shape as [number, number];
  const width = wanted ?? labelNames?.length ?? CSV_LABELS;
  const own = columns - width;
  if (own < 1 || (dimensions !== undefined && own !== dimensions)) {
    throw new UserError({
      where: `${path}, row 1`,
      what: `it has ${columns} columns, where codes of ${dimensions ?? "1 or more"} dimensions and ${width} labels have ${(dimensions ?? 1) + width}${dimensions === undefined ? " or more" : ""}`,
      remedy: "Give data.codes.dimensions and data.codes.labels as the file has them",
    });
  }
  const part = (start: number, size: number): NumericArray => ({
    shape: [count, size],
    data: Float64Array.from({ length: count * size }, (_, k) => {
      return data[Math.floor(k / size) * columns + start + (k % size)]!;
    }),
  });
  return { codes: part(0, own), labels: width === 0 ? undefined : part(own, width) };
}

/** A network learns nothing from what is not finite, and one such number spoils all its weights. */
function checkFinite({ shape, data }: NumericArray, path: string, what: string): void {
  const bad = data.findIndex((value: number) => !Number.isFinite(Math.fround(value)));
  if (bad < 0) return;
  throw new UserError({
    where: `${path}, row ${Math.floor(bad / shape[1]!) + 1}`,
    what: `a ${what} of ${data[bad]}`,
    remedy: "Give finite numbers only",
  });
}

/** Two labels are those of the Corridors, as `narrows encode` writes them. */
function defaultNames(count: number): readonly string[] {
  if (count === 2) return ["xU", "xL"];
  return count === 1 ? ["label"] : Array.from({ length: count }, (_, i) => `label${i + 1}`);
}
