import { refuse } from "../../errors.js";
import { labelNamesFor } from "../dataset.js";
import type { ImageCsvOptions } from "../file-keys.js";

/** How the columns are read. */
export interface ImageCsvLayout {
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /** Pixel columns: height times width times channels. */
  readonly pixels: number;
  readonly labelNames: readonly string[];
}

// More labels than these, and every number of columns would be some square and its labels.
const GUESSED_LABELS = [0, 1, 2] as const;

/**
 * How the columns of an image CSV are read: pixels first, row by row, channels last, then labels (rule D10). What is
 * not given is inferred: images are square, and without `labels` there are 0, 1 or 2 of them.
 * @param where the file, named in errors.
 * @param guessed the numbers of labels that are tried where none is given.
 * @throws UserError when the columns fit no such layout, or not the given one.
 */
export function imageCsvLayout(
  columns: number,
  options: ImageCsvOptions,
  where: string,
  guessed: readonly number[] = GUESSED_LABELS,
): ImageCsvLayout {
  const { height, width, channels = 1 } = options;
  const labels = options.labels ?? options.labelNames?.length;
  const shape =
    height !== undefined && width !== undefined
      ? ([height, width] as const)
      : squareShape(columns, labels === undefined ? guessed : [labels], channels, height ?? width);
  const pixels = shape === undefined ? 0 : shape[0] * shape[1] * channels;
  const count = labels ?? columns - pixels;
  if (shape === undefined || count < 0 || pixels + count !== columns) {
    refuse(
      where,
      shape
        ? `${columns} columns, but ${shape[0]} x ${shape[1]} pixels x ${channels} channels ${labels === undefined ? "" : `and ${labels} labels `}make ${pixels + (labels ?? 0)}`
        : `${columns} columns are no square image${channels === 1 ? "" : ` of ${channels} channels`} with ${labels ?? "0, 1 or 2"} labels`,
      "Describe them with the options height, width, channels and labels",
    );
  }
  const labelNames = labelNamesFor(count, where, options.labelNames);
  return { imageShape: [...shape, channels], pixels, labelNames };
}

/** The square that the columns hold; undefined when they hold none. */
function squareShape(
  columns: number,
  labels: readonly number[],
  channels: number,
  side: number | undefined,
): readonly [height: number, width: number] | undefined {
  if (side !== undefined) return [side, side];
  for (const count of labels) {
    const root = Math.sqrt((columns - count) / channels);
    if (Number.isInteger(root) && root > 0) return [root, root];
  }
  return undefined;
}
