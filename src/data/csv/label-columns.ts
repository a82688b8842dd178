import { refuse } from "../../errors.js";

/** Names that columns of labels have in other people's files. */
const LABEL_NAME = /^(labels?|class|classes|target|targets|y_true|ground_?truth|digit|category)$/i;

/** Columns of labels that stand together. */
export interface LabelColumns {
  readonly start: number;
  readonly count: number;
}

/** Whether a column is called as labels are. */
export function isLabelName(name: string): boolean {
  return LABEL_NAME.test(name);
}

/**
 * Which of the columns an option `labelColumn` means: "front", "behind", "none", or a name in the header.
 * @returns the column from 0; undefined for none.
 * @throws UserError for a name that is not there.
 */
export function labelColumnOf(
  option: string,
  header: readonly string[] | undefined,
  columns: number,
  where: string,
): number | undefined {
  const named = header?.indexOf(option) ?? -1;
  if (named >= 0) return named;
  if (option === "none") return undefined;
  if (option === "front") return 0;
  if (option === "behind") return columns - 1;
  refuse(
    `${where}, option labelColumn`,
    header
      ? `there is no column ${JSON.stringify(option)}`
      : `there is no header with a name ${JSON.stringify(option)}`,
    `Give front, behind, none${header ? ` or one of ${header.slice(0, 8).join(", ")}` : ""}`,
  );
}

/** What a header calls labels; undefined without a header, and where it only numbers them. */
export function namesOfLabels(
  header: readonly string[] | undefined,
  { start, count }: LabelColumns,
): readonly string[] | undefined {
  const names = header?.slice(start, start + count);
  return names?.some((name) => /^\d*$/.test(name)) ? undefined : names;
}

/**
 * Two neighbours of a header that number the columns of an image in another order than they stand in, such as `pixel1` and `pixel10`
 * where names were sorted as texts; undefined where there are none, or the names are not numbered by one number each.
 */
export function unorderedNames(
  header: readonly string[],
): readonly [before: string, after: string] | undefined {
  const parts = header.map((name) => /^(\D*)(\d+)$/.exec(name));
  const stem = parts[0]?.[1];
  if (parts.some((found) => found === null || found[1] !== stem)) return undefined;
  const at = parts.findIndex((found, k) => k > 0 && Number(found![2]) < Number(parts[k - 1]![2]));
  return at < 0 ? undefined : [header[at - 1]!, header[at]!];
}

/** What written tables call a dimension of a code, counted from 0. */
export function dimensionName(dimension: number): string {
  return `z${dimension + 1}`;
}

/** The labels behind the dimensions of a code, where a header begins with `z1`, `z2` ...; undefined where it does not. */
export function labelsBehindCode(header: readonly string[]): LabelColumns | undefined {
  const other = header.findIndex((name, column) => name !== dimensionName(column));
  const start = other < 0 ? header.length : other;
  return start === 0 ? undefined : { start, count: header.length - start };
}

/**
 * The columns whose names are not those of most: pixels are numbered (`pixel0`, `0`, `1x1`, `V1`), labels are not.
 * @returns undefined where all names are alike, or the others do not stand together.
 */
export function namedLabels(header: readonly string[]): LabelColumns | undefined {
  const ends = [0, header.length - 1].filter((column) => isLabelName(header[column]!));
  if (ends.length === 1) return { start: ends[0]!, count: 1 };
  const stems = header.map((name) => name.replaceAll(/\d+/g, "0"));
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const [[pixel, pixels] = ["", 0]] = [...counts].sort(([, a], [, b]) => b - a);
  const count = header.length - pixels;
  const start = stems.findIndex((stem) => stem !== pixel);
  const isTogether = stems.slice(start, start + count).every((stem) => stem !== pixel);
  return count > 0 && 2 * pixels > header.length && isTogether ? { start, count } : undefined;
}
