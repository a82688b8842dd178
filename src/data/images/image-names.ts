import { basename, extname } from "node:path/posix";
import { refuse } from "../../errors.js";
import { shownCell } from "../csv/cell.js";
import type { TextTable } from "../csv/text-table.js";
import { hasPictureEnding, type PictureEntry } from "./entries.js";

/** Ways in which a cell names an image, the fullest first: each is taken only where no image is named in one before. */
const WAYS = ["path", "name", "path without ending", "name without ending", "end of a path"] as const;

/** An image that a cell names, and how: the place of its way among {@link WAYS}. */
interface Match {
  readonly picture: number;
  readonly way: number;
}

/** Finds the image that a cell names; undefined where it names none, or several. */
export type ImageFinder = (cell: string) => Match | undefined;

/**
 * Finds images by their names, whatever way accents are encoded: macOS writes letters and accents apart.
 * @param top the folder of the table, from which paths lead; "." for that of the images.
 */
export function imageFinder(pictures: readonly PictureEntry[], top: string): ImageFinder {
  const withoutEnding = (name: string) => name.slice(0, name.length - extname(name).length);
  const ways = [
    (name: string) => name,
    (name: string) => basename(name),
    withoutEnding,
    (name: string) => withoutEnding(basename(name)),
  ];
  const names = pictures.map(({ name }) =>
    (top === "." ? name : name.slice(top.length + 1)).normalize("NFC"),
  );
  const maps = ways.map((way) => {
    const found = new Map<string, number | undefined>();
    // A name of several images names none of them.
    for (const [k, name] of names.entries()) found.set(way(name), found.has(way(name)) ? undefined : k);
    return found;
  });
  return (cell) => {
    const name = cell
      .trim()
      .normalize("NFC")
      .replaceAll("\\", "/")
      .replace(/^\.?\//, "");
    for (const [way, map] of maps.entries()) {
      const picture = map.get(name);
      if (picture !== undefined) return { picture, way };
    }
    // A path from elsewhere, such as /home/me/pictures/a.png.
    for (let slash = name.indexOf("/"); slash >= 0; slash = name.indexOf("/", slash + 1)) {
      const picture = maps[0]!.get(name.slice(slash + 1)) ?? maps[1]!.get(name.slice(slash + 1));
      if (picture !== undefined) return { picture, way: ways.length };
    }
    return undefined;
  };
}

/** The column that names the images of a table. */
export interface NameColumn {
  readonly column: number;
  /** What was inferred of it, in a few words; undefined where its names are full ones and it is the first column. */
  readonly note: string | undefined;
}

/**
 * The column that names most images, of several the one that names them most fully. Where there are columns of file names, it
 * is one of them: other numbers may be names without ending by chance.
 * @throws UserError where no column names an image, where a column of file names names none, and where two would do.
 */
export function columnOfNames(
  { rows, header, lines }: TextTable,
  find: ImageFinder,
  pictures: readonly PictureEntry[],
  where: string,
): NameColumn {
  const all = rows[0]!.map((_, column) => {
    const matches = rows.map((cells) => find(cells[column]!));
    const named = matches.flatMap((match) => match?.picture ?? []);
    const worst = matches.reduce((last, match) => Math.max(last, match?.way ?? 0), 0);
    const isOfFiles = rows.every((cells) => hasPictureEnding(cells[column]!.trim()));
    return { column, count: new Set(named).size, worst, named, isOfFiles };
  });
  const ofFiles = all.filter(({ isOfFiles }) => isOfFiles);
  const [best, next] = (ofFiles.length > 0 ? ofFiles : all).toSorted(
    (a, b) => b.count - a.count || a.worst - b.worst,
  );
  const { column, count, worst, named } = best!;
  const called = (of: number) => header?.[of] || `${of + 1}`;
  if (count === 0 && ofFiles.length > 0) {
    refuse(
      `${where}, row ${lines[0]}, column ${called(column)}`,
      `${shownCell(rows[0]![column]!)} is the name of no image, the first of which is ${pictures[0]!.name}`,
      "Write the names as the files have them, ending and capitals included",
    );
  }
  if (count === 0) {
    refuse(
      where,
      `no column names the images, the first of which is ${pictures[0]!.name}`,
      "Give a column of file names, such as file,label in the first row and then one row per image",
    );
  }
  if (next?.count === count && next.worst === worst && next.named.join() !== named.join()) {
    refuse(
      where,
      `the columns ${called(column)} and ${called(next.column)} both could name the images`,
      "Write the names of images with their endings (.png)",
    );
  }
  const how = worst > 1 ? `, each the ${WAYS[worst]}` : "";
  return {
    column,
    note: column > 0 || worst > 1 ? `column ${called(column)} as the names of images${how}` : undefined,
  };
}
