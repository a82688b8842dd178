import { join } from "node:path";
import { findDataFile } from "../../data/data-folder.js";
import type { Split } from "../../data/dataset.js";
import { DOWNLOADS } from "../../data/downloads/registry.js";
import { UserError } from "../../errors.js";
import { nearest } from "../../nearest.js";
import type { PublishedData } from "./published.js";

/** Data of Table 1: the paper's three, and MNIST drawn binary here, where the published binary files cannot be had. */
export const DATA_NAMES = ["binary-mnist", "omniglot", "fashion-mnist", "mnist"] as const;
export type DataName = (typeof DATA_NAMES)[number];

/** A data set as it is trained on. */
export interface ImageData {
  readonly name: DataName;
  readonly title: string;
  /** The column of the published tables that stands beside it. */
  readonly published: PublishedData;
  /** As a configuration names it. */
  readonly source: Readonly<Record<string, object>>;
  /** Where it is known before the data are read. */
  readonly split?: Split;
  /** What it is, where it is not the published one. */
  readonly reduction?: string;
}

const TITLES: Readonly<Record<DataName, string>> = {
  "binary-mnist": "Binary MNIST",
  omniglot: "Omniglot",
  "fashion-mnist": "Fashion-MNIST",
  mnist: "MNIST drawn binary",
};

/** The rows that the files come with: 50,000 train, as in the authors' code; Omniglot has no rows for validation. */
const OF_MNIST: Split = { train: [0, 50_000], validation: [50_000, 60_000], test: [60_000, 70_000] };
const OF_OMNIGLOT: Split = { train: [0, 24_345], validation: [24_345, 32_415], test: [24_345, 32_415] };

/** The data sets of the paper, whole, in the folder `data`. */
export function paperData(name: DataName): ImageData {
  const known = { name, title: TITLES[name], published: publishedOf(name) };
  if (name === "omniglot") return { ...known, source: { omniglot: {} }, split: OF_OMNIGLOT };
  if (name !== "mnist") return { ...known, source: { [name]: {} }, split: OF_MNIST };
  return {
    ...known,
    source: { mnist: { binarize: "static" } },
    split: OF_MNIST,
    reduction: "MNIST drawn binary here once, for the published binary files",
  };
}

/** The published column that belongs to a data set. */
export function publishedOf(name: DataName): PublishedData {
  return name === "mnist" ? "binary-mnist" : name;
}

/**
 * The data set of this name.
 * @throws UserError with the nearest name when there is none.
 */
export function dataNamed(text: string, where: string): DataName {
  const found = DATA_NAMES.find((name) => name === text.trim().toLowerCase());
  if (found) return found;
  const near = nearest(text, DATA_NAMES);
  throw new UserError({
    where,
    what: `no data of the paper are called "${text}"`,
    remedy: `${near ? `Did you mean ${near}? ` : ""}There are ${DATA_NAMES.join(", ")}`,
  });
}

/** Files of the published sets that are not in the folder `data`. */
interface Missing {
  readonly name: string;
  readonly file: string;
}

/**
 * Makes sure that published data are where configurations look for them.
 * @throws UserError naming every set of which a file is missing, and the command that gets it.
 */
export function requirePublished(names: readonly (keyof typeof DOWNLOADS)[]): void {
  const missing = names.flatMap((name): Missing[] => {
    const folder = join("data", name);
    const file = DOWNLOADS[name].files
      .map((known) => known.name.replace(/\.gz$/, ""))
      .find((known) => findDataFile(folder, [known]) === undefined);
    return file === undefined ? [] : [{ name, file: join(folder, file) }];
  });
  if (missing.length === 0) return;
  throw new UserError({
    where: missing.map(({ file }) => file).join(", "),
    what: missing.length === 1 ? "no such file" : "no such files",
    remedy: `Get them with ${missing.map(({ name }) => `"narrows datasets get ${name}"`).join(" and ")}, or train on less with --preset quick`,
  });
}
