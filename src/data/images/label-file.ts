import { basename, dirname, extname } from "node:path/posix";
import { refuse } from "../../errors.js";
import { numberOfCell } from "../csv/cell.js";
import { numbersOfColumn, readTextTable, type TextTable } from "../csv/text-table.js";
import { requireFiniteLabels } from "../dataset.js";
import type { PictureEntry } from "./entries.js";

/** One label of all images, in their order. */
export interface LabelColumn {
  /** What the table's header calls it; undefined where there is none. */
  readonly name: string | undefined;
  readonly values: Float64Array;
  /** What the numbers 0, 1 ... stand for, where the table holds names; undefined where it holds numbers. */
  readonly classes: readonly string[] | undefined;
}

/** An image that a cell names, and how: 0 by its path, then by its name, by its path without ending, by its name without ending. */
interface Match {
  readonly picture: number;
  readonly way: number;
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
  const find = finderOf(pictures, dirname(table.name));
  const text = readTextTable(
    { bytes: table.read(), where },
    {
      ...(extname(table.name).toLowerCase() === ".tsv" && { delimiter: "tab" }),
      isRow: (cells) => cells.some((cell) => find(cell) !== undefined),
    },
  );
  const column = columnOfNames(text, find, pictures, where);
  const rows = rowsByPicture(text, column, find, pictures, where);
  const labels = text.rows[0]!.map((_, k) => k).filter((k) => k !== column);
  if (labels.length === 0) {
    refuse(where, "it has no column other than the names of images", "Add a column for each label");
  }
  return { columns: labels.map((label) => labelColumn(text, label, rows, where)), notice: text.notice };
}

/** Finds the image that a cell names; undefined where it names none, or several. */
function finderOf(pictures: readonly PictureEntry[], top: string): (cell: string) => Match | undefined {
  const withoutEnding = (name: string) => name.slice(0, name.length - extname(name).length);
  const ways = [
    (name: string) => name,
    (name: string) => basename(name),
    withoutEnding,
    (name: string) => withoutEnding(basename(name)),
  ];
  const names = pictures.map(({ name }) => (top === "." ? name : name.slice(top.length + 1)));
  const maps = ways.map((way) => {
    const found = new Map<string, number | undefined>();
    // A name of several images names none of them.
    for (const [k, name] of names.entries()) found.set(way(name), found.has(way(name)) ? undefined : k);
    return found;
  });
  return (cell) => {
    const name = cell
      .trim()
      .replaceAll("\\", "/")
      .replace(/^\.?\//, "");
    for (const [way, map] of maps.entries()) {
      const picture = map.get(name);
      if (picture !== undefined) return { picture, way };
    }
    return undefined;
  };
}

/** The column that names most images, of several the one that names them most fully. */
function columnOfNames(
  { rows, header }: TextTable,
  find: (cell: string) => Match | undefined,
  pictures: readonly PictureEntry[],
  where: string,
): number {
  const scored = rows[0]!.map((_, column) => {
    const matches = rows.map((cells) => find(cells[column]!));
    const named = matches.flatMap((match) => match?.picture ?? []);
    const worst = Math.max(0, ...matches.map((match) => match?.way ?? 0));
    return { column, count: new Set(named).size, worst, named };
  });
  const [best, next] = scored.toSorted((a, b) => b.count - a.count || a.worst - b.worst);
  if (best!.count === 0) {
    refuse(
      where,
      `no column names the images, the first of which is ${pictures[0]!.name}`,
      "Give a column of file names, such as file,label in the first row and then one row per image",
    );
  }
  const isTie =
    next?.count === best!.count && next.worst === best!.worst && next.named.join() !== best!.named.join();
  if (!isTie) return best!.column;
  const called = [best!.column, next.column].map((column) => header?.[column] ?? column + 1);
  refuse(
    where,
    `the columns ${called.join(" and ")} both could name the images`,
    "Write the names of images with their endings (.png)",
  );
}

/** Row of each image. */
function rowsByPicture(
  { rows, lines }: TextTable,
  column: number,
  find: (cell: string) => Match | undefined,
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

function labelColumn(table: TextTable, column: number, rows: readonly number[], where: string): LabelColumn {
  const { header, lines } = table;
  const name = header?.[column] || undefined;
  const cells = table.rows.map((row) => row[column]!.trim());
  const place = (row: number) => `${where}, row ${lines[row]}, column ${name ?? column + 1}`;
  const empty = cells.indexOf("");
  if (empty >= 0) {
    refuse(place(empty), "the label is missing", "Write a number or a name for every image, such as unknown");
  }
  const numbers = numbersOfColumn(table, column, where);
  if (numbers) {
    requireFiniteLabels(numbers, place);
    return { name, values: Float64Array.from(rows, (row) => numbers[row]!), classes: undefined };
  }
  const noNumber = cells.flatMap((cell, row) => (numberOfCell(cell) === undefined ? [row] : []));
  if (noNumber.length < cells.length / 2) {
    refuse(
      place(noNumber[0] ?? 0),
      `${JSON.stringify(cells[noNumber[0] ?? 0]!.slice(0, 80))} is among numbers`,
      "Write numbers in all rows of the column, or names in all",
    );
  }
  const classes = [...new Set(cells)].sort();
  const places = new Map(classes.map((value, place) => [value, place]));
  return { name, values: Float64Array.from(rows, (row) => places.get(cells[row]!)!), classes };
}
