import { refuse } from "../errors.js";
import type { NumericData } from "../numeric-array.js";

/** What images show, where that is known: a cause is one of finitely many things, and images of one differ by chance alone. */
export interface Causes {
  /** Mean image of every cause, [K, pixels], in the pixels' own range. */
  readonly means: Float32Array;
  /** Of which cause the image of some labels is. */
  of(labels: ArrayLike<number>): number;
}

/** Images, or codes taken for images, and their labels in memory: what a source yields and everything above reads. */
export interface ImageTable {
  /** Number of images, N. */
  readonly count: number;
  /** Rows, columns and channels of an image, `[height, width, channels]`. */
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /**
   * `N * height * width * channels` numbers, channels last, the values as they are in the file: bytes for most images,
   * float32 for images with values between the 256 greys and for codes, whose shape is `[1, 1, D]`.
   */
  readonly images: Uint8Array | Float32Array;
  /** A pixel's value is its number times this: 1 for float32 and binary images, 1/255 for grey and colour (rule D8). */
  readonly scale: number;
  /** `N * labelNames.length` numbers, one row per image; undefined where there are none. */
  readonly labels: Int32Array | Float64Array | undefined;
  readonly labelNames: readonly string[];
  /** For each label that comes from names (of folders, or in a table), the names that its numbers 0, 1 ... stand for. */
  readonly labelClasses?: readonly (readonly string[] | undefined)[] | undefined;
  /** What a person should know of how the data were read, a line each; undefined where there is nothing. */
  readonly warnings?: readonly string[] | undefined;
  /** What the images show, where that is known; computed when it is first asked for. */
  readonly causes?: (() => Causes | undefined) | undefined;
}

/** Rows `start` to `end - 1` of a data set, counted from 0. */
export type RowRange = readonly [start: number, end: number];

/** The rows for training, for validation and for the final test. */
export interface Split {
  readonly train: RowRange;
  readonly validation: RowRange;
  readonly test: RowRange;
}

/** Where the rows of a data set come from, where they are not in the order of their source. */
export interface RowOrder {
  /** Row k is row `rows[k]` of the source. */
  readonly rows: Uint32Array;
  /** Of the drawing. */
  readonly seed: number;
  /** The labels whose values every part of the split holds in proportion; none where the rows have no classes. */
  readonly by: readonly string[];
}

/** An image table with a name for people and a fingerprint for the run's manifest. */
export interface Dataset extends ImageTable {
  readonly name: string;
  /** SHA-256 of the content in hexadecimal digits (rule D13); a slice of rows appends `:start-end`. */
  readonly fingerprint: string;
  /**
   * The split that the data come with, where they come with one (rule D20): it holds where a configuration names none.
   * The rows of validation and of test may be the same, where there are no others; no row of training is among them.
   */
  readonly split?: Split | undefined;
  /** Undefined where the rows stand as in their source. The fingerprint of the whole is that of the source's order. */
  readonly order?: RowOrder | undefined;
}

/** Numbers of one image: height times width times channels; of a code its dimensions. */
export function valuesPerImage(table: Pick<ImageTable, "imageShape">): number {
  const [height, width, channels] = table.imageShape;
  return height * width * channels;
}

/** Labels as Int32Array when all are integers of 32 bits, as Float64Array otherwise (rule D9). */
export function asIntegers(values: NumericData): Int32Array | Float64Array {
  const integers = Int32Array.from(values);
  return integers.every((value, i) => value === values[i]) ? integers : Float64Array.from(values);
}

/**
 * A name for each label column.
 * @param names given, or undefined for `label`, or `label1`, `label2` and so on.
 * @throws UserError naming `where` when there are not as many names as labels.
 */
export function labelNamesFor(count: number, where: string, names?: readonly string[]): readonly string[] {
  const usual = () => Array.from({ length: count }, (_, k) => (count === 1 ? "label" : `label${k + 1}`));
  const chosen = names ?? usual();
  if (chosen.length === count) return chosen;
  refuse(where, `${chosen.length} label names for ${count} labels`, "Give one name per label");
}

/** @throws UserError for a label that is not finite, at the place of its index. */
export function requireFiniteLabels(labels: NumericData, placeOf: (index: number) => string): void {
  const bad = labels.findIndex((value: number) => !Number.isFinite(value));
  if (bad < 0) return;
  refuse(placeOf(bad), `a label of ${labels[bad]}`, "Give finite numbers only");
}
