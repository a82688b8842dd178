import { fileURLToPath } from "node:url";
import { checkRecord, records } from "../data/csv/records.js";
import { UserError } from "../errors.js";
import type { PublishedValue } from "../figures/index.js";
import { readText } from "../files/read.js";
import { once } from "../once.js";

/** A published number, and where it stands. */
export interface PublishedNumber {
  /** What is published, such as `dimension` or `rateNats`. */
  readonly quantity: string;
  /** Of what: the cells of the columns between `quantity` and `value`, by the names of these columns. */
  readonly keys: Readonly<Record<string, string>>;
  readonly published: PublishedValue;
  /** How the number is known, such as `released data`. */
  readonly source: string;
  /** Page, table or figure of the paper. */
  readonly place: string;
}

/**
 * Looks up a published number; undefined where there is none. A key that is not given must be empty in the
 * file.
 */
export type FindPublished = (
  quantity: string,
  keys: Readonly<Record<string, string | number>>,
) => PublishedValue | undefined;

/** The columns behind those of the keys. */
const LAST_COLUMNS = ["value", "uncertainty", "source", "place"] as const;

/**
 * The published numbers of a paper: the rows of `configs/PAPER/published.csv`, whose columns are `quantity`,
 * keys of the paper's own, `value`, `uncertainty`, `source` and `place`. Lines that begin with `#` are
 * comments. The file is read at the first call.
 * @param paper its folder in configs/.
 */
export function publishedNumbers(paper: string): () => readonly PublishedNumber[] {
  return once(() => {
    const path = fileURLToPath(new URL(`../../configs/${paper}/published.csv`, import.meta.url));
    const [header, ...rows] = [...records(readText(path), { delimiter: "," })].map((record) => {
      checkRecord(record, path);
      return record.cells;
    });
    return rows.map((cells) => numberOf(header!, cells, path));
  });
}

function numberOf(header: readonly string[], cells: readonly string[], path: string): PublishedNumber {
  const [quantity = ""] = cells;
  const [value = "", uncertainty = "", source = "", place = ""] = cells.slice(-LAST_COLUMNS.length);
  if (cells.length !== header.length || value === "" || Number.isNaN(Number(value))) {
    throw new UserError({
      where: path,
      what: `"${cells.join(",")}" is not a published number`,
      remedy: `Give a row with the columns ${header.join(", ")}`,
    });
  }
  return {
    quantity,
    keys: Object.fromEntries(
      header.slice(1, -LAST_COLUMNS.length).map((name, column) => [name, cells[column + 1]!]),
    ),
    published: {
      value: Number(value),
      ...(uncertainty === "" ? {} : { uncertainty: Number(uncertainty) }),
    },
    source,
    place,
  };
}

/**
 * Looks up numbers of such a file by quantity and keys. A cell that is empty in the file holds for every
 * value of its key.
 */
export function findPublished(numbers: () => readonly PublishedNumber[]): FindPublished {
  const known = once(() => numbers().map((one) => ({ ...one, keys: Object.entries(one.keys) })));
  return (quantity, keys) =>
    known().find(
      (one) =>
        one.quantity === quantity &&
        one.keys.every(([key, value]) => value === "" || value === String(keys[key])),
    )?.published;
}
