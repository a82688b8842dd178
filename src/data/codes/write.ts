import { refuse } from "../../errors.js";
import { writeFileAtomic } from "../../files/atomic.js";
import { assertNumericArray, type NumericArray } from "../../numeric-array.js";
import { encodeCsv } from "../arrays/csv.js";
import { encodeNpz } from "../arrays/npz.js";
import { dimensionName } from "../csv/label-columns.js";
import { asNames, CODES_ARRAY, codeLabelNames, LABELS_ARRAY, NAMES_ARRAY } from "./read.js";

/** Codes of images with the labels of those images. */
export interface LabelledCodes {
  /** [N, D], codes of the images, one row each. */
  readonly codes: NumericArray<Float32Array>;
  /** [N, L], labels of the images; undefined where they have none. */
  readonly labels: NumericArray | undefined;
  /** A name for each label; those that rule D15 gives by default. */
  readonly labelNames?: readonly string[];
}

/** Endings of files that codes are written to. */
export const CODES_ENDINGS = [".npz", ".csv"] as const;

/**
 * Whether codes are written to a file of this name as an archive or as a table.
 * @throws UserError for any other ending.
 */
export function codesFormat(path: string): (typeof CODES_ENDINGS)[number] {
  const ending = CODES_ENDINGS.find((known) => path.toLowerCase().endsWith(known));
  if (ending) return ending;
  refuse(
    path,
    "the name does not end in a kind of file for codes",
    `Give a name that ends in ${CODES_ENDINGS.join(" or ")}`,
  );
}

/**
 * Writes codes with their labels so that a configuration's `data.codes` reads them (rule D15): as an archive `FILE.npz` of the arrays
 * `codes`, `labels` and `labelNames` (bytes of UTF-8, one name per line), or as a table `FILE.csv` whose first row calls the
 * dimensions `z1`, `z2` ... and the labels by their names. A file that is there is replaced, in one step.
 * @param path `FILE.npz` or `FILE.csv`.
 * @param labelled codes [N, D], and labels [N, L] with their names.
 * @throws UserError for another ending, for arrays of other shapes or of data that do not fit them, and for a
 * path that cannot be written; nothing half-written stays behind.
 */
export function writeCodes(path: string, labelled: LabelledCodes): void {
  const { codes, labels, labelNames } = labelled;
  assertNumericArray(codes, "codes");
  if (labels) assertNumericArray(labels, "labels");
  const [count] = codes.shape;
  const isTable = ({ shape }: NumericArray) => shape.length === 2 && shape[0] === count;
  if (!isTable(codes) || (labels && !isTable(labels))) {
    const found = `codes of shape [${codes.shape.join(", ")}]${labels ? ` and labels of shape [${labels.shape.join(", ")}]` : ""}`;
    refuse(path, `${found} are not a row for each image`, "Give codes [N, D] and labels [N, L]");
  }
  const archive = () =>
    encodeNpz({
      [CODES_ARRAY]: codes,
      ...(labels && { [LABELS_ARRAY]: labels }),
      ...(labels && labelNames && { [NAMES_ARRAY]: asNames(labelNames) }),
    });
  const table = () => encodeCsv(besides(codes, labels), path, columnNames(labelled, path));
  writeFileAtomic(path, codesFormat(path) === ".npz" ? archive() : table());
}

function columnNames({ codes, labels, labelNames }: LabelledCodes, path: string): string[] {
  const count = labels?.shape[1] ?? 0;
  return [
    ...Array.from({ length: codes.shape[1]! }, (_, dimension) => dimensionName(dimension)),
    ...codeLabelNames(count, path, labelNames),
  ];
}

/** A table with the columns of another behind its own. */
function besides(left: NumericArray, right: NumericArray | undefined): NumericArray<Float64Array> {
  const [count, width] = left.shape as [number, number];
  const more = right?.shape[1] ?? 0;
  const data = new Float64Array(count * (width + more));
  for (let row = 0; row < count; row++) {
    const start = row * (width + more);
    data.set(left.data.subarray(row * width, (row + 1) * width), start);
    if (right) data.set(right.data.subarray(row * more, (row + 1) * more), start + width);
  }
  return { shape: [count, width + more], data };
}
