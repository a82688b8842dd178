import type { ImageTable } from "../data/dataset.js";
import { parseLabelRule } from "../data/label-rules/index.js";
import { UserError } from "../errors.js";

/** Names that sort images, or quantities that lie on an axis. */
export const LABEL_KINDS = ["categories", "numbers"] as const;
/** One of `LABEL_KINDS`. */
export type LabelKind = (typeof LABEL_KINDS)[number];

/** A label of the data: a column of theirs, or a rule over their columns (rule D14). */
export interface DataLabel {
  readonly name: string;
  readonly kind: LabelKind;
  /** [images] */
  readonly values: Float64Array;
  /** What the numbers 0, 1 ... stand for, where they have names. */
  readonly names?: readonly string[] | undefined;
}

/** More different whole numbers than these are a quantity: more colours are hard to distinguish. */
const MAX_CATEGORIES = 10;
/** More labels than these are not drawn unless they are asked for. */
const MAX_LABELS = 6;

/**
 * Labels of the data for figures and measures (rule G18): those asked for, or by default those that vary, the first six of them.
 * @param asked names of labels, or rules over them such as `xU - xL`; `NAME:numbers` and `NAME:categories` say what it is where
 * its values do not: named classes and up to ten different whole numbers are categories, everything else are numbers.
 * @throws UserError for an unknown name, a rule that is none, and a value that is not finite.
 */
export function chooseLabels(table: ImageTable, asked?: readonly string[]): DataLabel[] {
  if (asked) return asked.map((text) => labelOf(table, text));
  return table.labelNames
    .map((_, column) => columnOf(table, column))
    .filter(({ values }) => values.some((value) => value !== values[0]))
    .slice(0, MAX_LABELS);
}

function labelOf(table: ImageTable, text: string): DataLabel {
  // In quotes, as rules have a name that is no word.
  const column = [text, /^"(.*)"$/s.exec(text)?.[1] ?? text]
    .map((name) => table.labelNames.indexOf(name))
    .find((found) => found >= 0);
  if (column !== undefined) return columnOf(table, column);
  const kind = LABEL_KINDS.find((known) => text.endsWith(`:${known}`));
  if (kind) return { ...labelOf(table, text.slice(0, -kind.length - 1)), kind };
  const { evaluate } = parseLabelRule(text, table.labelNames, "labels");
  const width = table.labelNames.length;
  return labelled(
    text,
    (row) => evaluate(table.labels?.subarray(row * width, (row + 1) * width) ?? []),
    table,
  );
}

function columnOf(table: ImageTable, column: number): DataLabel {
  const width = table.labelNames.length;
  const read = (row: number) => table.labels![row * width + column]!;
  return labelled(table.labelNames[column]!, read, table, table.labelClasses?.[column]);
}

function labelled(
  name: string,
  read: (row: number) => number,
  { count }: ImageTable,
  names?: readonly string[],
): DataLabel {
  const values = Float64Array.from({ length: count }, (_, row) => read(row));
  const row = values.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) {
    throw new UserError({
      where: `label ${name}`,
      what: `it is ${values[row]} for image ${row} (counted from 0)`,
      remedy: "Choose other labels, or leave such images out of the data",
    });
  }
  const isNamed = names !== undefined;
  const isCounted = values.every(Number.isInteger) && new Set(values).size <= MAX_CATEGORIES;
  return { name, kind: isNamed || isCounted ? "categories" : "numbers", values, names };
}
