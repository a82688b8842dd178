import { refuse, UserError } from "../../errors.js";
import type { ImageCsvOptions } from "../file-keys.js";
import { labelColumnOf, namedLabels, namesOfLabels, unorderedNames } from "./label-columns.js";
import { findLabels } from "./label-place.js";
import { type ImageCsvLayout, imageCsvLayout } from "./layout.js";
import type { Note } from "./look.js";
import { type OpenTable, withTable } from "./table.js";

/** Which columns of an image CSV are what. */
export interface ImageColumns extends ImageCsvLayout {
  /** Columns before the first pixel or label: an index. */
  readonly first: 0 | 1;
  /** The first column of labels, counted from `first`; the pixels are the columns before and behind the labels. */
  readonly labelStart: number;
  readonly notes: readonly Note[];
}

/** Rows that are needed to distinguish an index from a pixel. */
const MIN_INDEX_ROWS = 3;

/**
 * Which columns of a file of images hold pixels, labels and an index (rule D10). If this depends on their values, the file is
 * opened once more.
 * @param again opens the same table once more, if its values are needed.
 * @throws UserError when the columns fit no image, or labels may be before or after the pixels.
 */
export function imageColumns({ look, where }: OpenTable, options: ImageCsvOptions): ImageColumns {
  const first = indexColumns(look.columns, look.rows.length, look.index, options);
  const columns = look.columns - first;
  const header = look.header?.slice(first);
  const notes: Note[] =
    first === 1 && !look.isIndexGiven ? [{ what: "column 1 left out as an index", option: "index" }] : [];
  const place = (labels: number, start: number, more: readonly Note[] = []): ImageColumns => {
    const labelNames = options.labelNames ?? namesOfLabels(header, { start, count: labels });
    const layout = imageCsvLayout(columns, { ...options, labels, labelNames }, where);
    const unordered = header && unorderedNames([...header.slice(0, start), ...header.slice(start + labels)]);
    if (unordered) {
      refuse(
        where,
        `its pixels stand in another order than they are numbered: ${unordered.join(" before ")}`,
        "Save its columns in the order of the pixels, row by row",
      );
    }
    return { ...layout, first, labelStart: start, notes: [...notes, ...more] };
  };
  const { labelColumn } = options;
  const wanted = options.labels ?? options.labelNames?.length;
  if (labelColumn === "none" || wanted === 0) return place(0, columns);
  if (labelColumn !== undefined) {
    const isSide = labelColumn === "front" || labelColumn === "behind";
    const count = wanted ?? (isSide ? guessedLabels(columns, options, where) : 1);
    const column = labelColumnOf(labelColumn, header, columns, where)!;
    return place(count, labelColumn === "behind" ? columns - count : column);
  }
  const named = header && namedLabels(header);
  if (named && (wanted === undefined || wanted === named.count)) {
    return place(named.count, named.start, [
      {
        what: `${header.slice(named.start, named.start + named.count).join(", ")} as labels`,
        option: "labelColumn",
      },
    ]);
  }
  const { pixels, labelNames } = imageCsvLayout(columns, { ...options, labels: wanted }, where);
  const count = columns - pixels;
  if (count === 0) return place(0, columns);
  const found = withTable(where, options, (again) => findLabels(again, count, first));
  if (found === "front") {
    return place(count, 0, [{ what: `${labelNames.join(", ")} before the pixels`, option: "labelColumn" }]);
  }
  if (found === undefined && wanted === undefined) {
    refuse(
      where,
      `${count} of its ${columns} columns hold${count === 1 ? "s" : ""} labels, and they may be before or after the pixels`,
      "Give the option labelColumn (--label-column): front or behind",
    );
  }
  return place(count, columns - count);
}

/** An index is named as one, or counts while the other columns are an image. */
function indexColumns(
  columns: number,
  rows: number,
  index: OpenTable["look"]["index"],
  options: ImageCsvOptions,
): 0 | 1 {
  if (index !== "perhaps") return index === "yes" ? 1 : 0;
  if (rows < MIN_INDEX_ROWS) return 0;
  try {
    imageCsvLayout(columns - 1, options, "");
    return 1;
  } catch (error) {
    if (error instanceof UserError) return 0;
    throw error;
  }
}

/** The number of labels, 1 or 2, that leaves a square image. */
function guessedLabels(columns: number, options: ImageCsvOptions, where: string): number {
  return columns - imageCsvLayout(columns, { ...options, labelNames: undefined }, where, [1, 2]).pixels;
}
