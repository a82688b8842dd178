import { dirname, extname } from "node:path/posix";
import { refuse } from "../../errors.js";
import { isMissingName, numberOfCell, shownCell } from "../csv/cell.js";
import { hasThousands } from "../csv/decimal-sign.js";
import { noticeOf } from "../csv/look.js";
import { numbersOfColumns, readTextTable, type TextTable } from "../csv/text-table.js";
import { requireFiniteLabels } from "../dataset.js";
import type { PictureEntry } from "./entries.js";
import { columnOfNames, type ImageFinder, imageFinder } from "./image-names.js";

/** One label of all images, in their order. */
export interface LabelColumn {
  /** What the table's header calls it; undefined where there is none. */
  readonly name: string | undefined;
  readonly values: Float64Array;
  /** What the numbers 0, 1 ... stand for, where the table holds names; undefined where it holds numbers. */
  readonly classes: readonly string[] | undefined;
}

/**
 * Reads a table of labels next to images (rule D29): one column names the images, every other one is a label. Names become numbers, by
 * their place among the sorted.
 * @param table `labels.csv` or `labels.tsv`; names in it are paths from its own folder, or enough of them to be alone.
 * @returns the labels, and one line that says what the table was taken for, where that was inferred.
 * @throws UserError naming the first row whose image is not there or was named before, the first image without a row, and the first
 * label that is missing or is no number among numbers.
 */
export function readLabelFile(
  table: PictureEntry,
  pictures: readonly PictureEntry[],
): { readonly columns: readonly LabelColumn[]; readonly notice: string | undefined } {
  const { where } = table;
  const find = imageFinder(pictures, dirname(table.name));
  const text = readTextTable(
    { bytes: table.read(), where },
    {
      ...(extname(table.name).toLowerCase() === ".tsv" && { delimiter: "tab" }),
      isRow: (cells) => cells.some((cell) => find(cell) !== undefined),
    },
  );
  const names = columnOfNames(text, find, pictures, where);
  const rows = rowsByPicture(text, names.column, find, pictures, where);
  const labels = text.rows[0]!.map((_, k) => k).filter((k) => k !== names.column);
  if (labels.length === 0) {
    refuse(where, "it has no column other than the names of images", "Add a column for each label");
  }
  const { numbers, notes } = numbersOfColumns(text, labels, where);
  const named = names.note === undefined ? [] : [names.note];
  const inferred = [...text.notes, ...notes].map(({ what }) => what);
  return {
    columns: labels.map((label) => labelColumn(text, label, numbers.get(label), rows, where)),
    // No option of a folder of images says otherwise.
    notice: noticeOf(
      [...inferred, ...named].map((what) => ({ what })),
      where,
    ),
  };
}

/** Row of each image. */
function rowsByPicture(
  { rows, lines }: TextTable,
  column: number,
  find: ImageFinder,
  pictures: readonly PictureEntry[],
  where: string,
): number[] {
  const found: (number | undefined)[] = new Array(pictures.length).fill(undefined);
  rows.forEach((cells, row) => {
    const picture = find(cells[column]!)?.picture;
    const before = picture === undefined ? undefined : found[picture];
    if (picture === undefined || before !== undefined) {
      refuse(
        `${where}, row ${lines[row]}`,
        before === undefined
          ? `${JSON.stringify(cells[column]!.slice(0, 80))} is the name of no image, or of several`
          : `the image ${pictures[picture!]!.name} has a row already, ${lines[before]}`,
        before === undefined ? "Write the path from the folder, or remove the row" : "Keep one row per image",
      );
    }
    found[picture] = row;
  });
  const missing = found.flatMap((row, k) => (row === undefined ? [k] : []));
  if (missing.length > 0) {
    const others = missing.length - 1;
    refuse(
      where,
      `it has no row for the image ${pictures[missing[0]!]!.name}${others > 0 ? `, nor for ${others} other${others > 1 ? "s" : ""}` : ""}`,
      "Add a row for every image, or take the images without one out of there",
    );
  }
  return found as number[];
}

function labelColumn(
  { header, lines, ...table }: TextTable,
  column: number,
  numbers: Float64Array | undefined,
  rows: readonly number[],
  where: string,
): LabelColumn {
  const name = header?.[column] || undefined;
  const cells = table.rows.map((row) => row[column]!.trim());
  const place = (row: number) => `${where}, row ${lines[row]}, column ${name ?? column + 1}`;
  if (numbers) {
    requireFiniteLabels(numbers, place);
    return { name, values: Float64Array.from(rows, (row) => numbers[row]!), classes: undefined };
  }
  refuseMissing(cells, place);
  const noNumber = cells.flatMap((cell, row) => (numberOfCell(cell) === undefined ? [row] : []));
  const withThousands = noNumber.filter((row) => hasThousands(cells[row]!));
  if (withThousands.length === noNumber.length) {
    refuse(
      place(withThousands[0]!),
      `${shownCell(cells[withThousands[0]!]!)} is written with thousands`,
      "Save the numbers without them",
    );
  }
  if (noNumber.length < cells.length / 2) {
    refuse(
      place(noNumber[0]!),
      `${shownCell(cells[noNumber[0]!]!)} is among numbers`,
      "Write numbers in all rows of the column, or names in all",
    );
  }
  const classes = [...new Set(cells)].sort();
  const places = new Map(classes.map((value, place) => [value, place]));
  return { name, values: Float64Array.from(rows, (row) => places.get(cells[row]!)!), classes };
}

/** What stands for no value would be one more class. A minus sign is one where there is a plus sign too. */
function refuseMissing(cells: readonly string[], place: (row: number) => string): void {
  const isSign = cells.includes("+");
  const missing = cells.findIndex((cell) => isMissingName(cell) && !(isSign && cell === "-"));
  if (missing < 0) return;
  const cell = cells[missing]!;
  refuse(
    place(missing),
    cell === "" ? "the label is missing" : `${shownCell(cell)} means a missing label`,
    "Write a number or a name for every image, such as unknown",
  );
}
