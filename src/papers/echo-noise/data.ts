import { readdirSync } from "node:fs";
import { join } from "node:path";
import { findDataFile } from "../../data/data-folder.js";
import type { Split } from "../../data/dataset.js";
import { UserError } from "../../errors.js";
import type { Choice, DataPlace } from "../../reproduction/definition.js";
import type { DataSet } from "../../reproduction/reductions.js";
import { placeOf } from "../../reproduction/set-place.js";
import { findT10k, foldersBelow } from "../../reproduction/small-data.js";
import { PUBLISHED_DATA, type PublishedData } from "./published.js";
import { DATA_TITLES, type DataName, type EchoValues, type Recipe } from "./recipe.js";

/** A data set as it is trained on. */
export interface ImageData extends DataSet {
  readonly name: DataName;
  /** The column of the published tables that it is compared with. */
  readonly published: PublishedData;
  /** As a configuration names it. */
  readonly source: Readonly<Record<string, object>>;
  /** Where it is known before the data are read. */
  readonly split?: Split;
}

/** What is asked for. */
export type EchoChoice = Choice<EchoValues, ImageData>;

/**
 * The data sets of a recipe; none where no model on images is asked for.
 * @throws UserError for small data that are not there.
 */
export function chosenData({ only, data, ...place }: Recipe): ImageData[] {
  if (only.every((part) => part === "table2")) return [];
  if (place.sets === "small") return smallData(place.folder, data);
  return (data ?? PUBLISHED_DATA).map((name) => paperData(name, place));
}

/**
 * The rows that the files come with: 50,000 train, as in the authors' code; Omniglot has no rows for
 * validation.
 */
const OF_MNIST: Split = { train: [0, 50_000], validation: [50_000, 60_000], test: [60_000, 70_000] };
const OF_OMNIGLOT: Split = { train: [0, 24_345], validation: [24_345, 32_415], test: [24_345, 32_415] };

/** Seed of the draw that makes MNIST binary. */
const DRAWN_WITH = 0;

/**
 * The data sets of the paper, whole, as a configuration names them; nothing is read.
 * @param at the folder of the data, where they do not lie in the usual one.
 */
export function paperData(name: DataName, at?: Pick<DataPlace, "folder">): ImageData {
  const known = { name, title: DATA_TITLES[name], published: publishedOf(name) };
  const place = at ? placeOf(name, at) : {};
  if (name === "omniglot") {
    // Its files are read by their path.
    const { folder: path } = place;
    return { ...known, source: { omniglot: path === undefined ? {} : { path } }, split: OF_OMNIGLOT };
  }
  if (name !== "mnist") return { ...known, source: { [name]: place }, split: OF_MNIST };
  return {
    ...known,
    source: { mnist: { ...place, binarize: "static", seed: DRAWN_WITH } },
    split: OF_MNIST,
    reduction: `MNIST drawn binary here once with seed ${DRAWN_WITH}, for the published binary files`,
  };
}

/** The published column that belongs to a data set. */
function publishedOf(name: DataName): PublishedData {
  return name === "mnist" ? "binary-mnist" : name;
}

/**
 * Small real images that stand in for the paper's, where a folder or its sub-folders hold them: MNIST's
 * 10,000 test images (drawn binary), those of Fashion-MNIST (in a folder with "fashion" in its name),
 * Omniglot's two small sets of drawings.
 * @param names Those wanted; by default all that are there.
 * @throws UserError naming what is not there, and the commands that get it.
 */
export function smallData(folder: string, names?: readonly DataName[]): ImageData[] {
  const wanted = names && new Set(names.map(publishedOf));
  const needed = SMALL.filter(({ name }) => wanted?.has(name) ?? true).map((small) => ({
    ...small,
    found: small.find(folder),
  }));
  const missing = needed.filter(({ found }) => found === undefined);
  // Where nothing is asked for by name, one will do.
  if (missing.length === needed.length || (wanted && missing.length > 0)) {
    throw new UserError({
      where: `--folder ${folder}`,
      what: `it holds none of ${missing.map(({ files }) => files).join(" and no ")}`,
      remedy: `Name the folder that holds them, or get them: ${missing.map(({ name, get }) => `"narrows datasets get ${get} --out ${join(folder, name)}"`).join(", ")}`,
    });
  }
  return needed.flatMap(({ found }) => found ?? []);
}

interface SmallSet {
  readonly name: PublishedData;
  /** As messages call what is looked for. */
  readonly files: string;
  /** The name under which `narrows datasets get` has such files. */
  readonly get: string;
  find(folder: string): ImageData | undefined;
}

const SMALL: readonly SmallSet[] = [
  {
    name: "binary-mnist",
    files: "t10k-images-idx3-ubyte (MNIST)",
    get: "mnist",
    find: (folder) => {
      const found = t10kData(folder, "mnist", "MNIST", ", drawn binary once");
      return found && { ...found, name: "binary-mnist", published: "binary-mnist" };
    },
  },
  {
    name: "omniglot",
    files: "images_background_small1.zip (Omniglot)",
    get: "omniglot",
    find: findOmniglot,
  },
  {
    name: "fashion-mnist",
    files: "fashion-mnist/t10k-images-idx3-ubyte (Fashion-MNIST)",
    get: "fashion-mnist",
    find: (folder) => t10kData(folder, "fashion-mnist", "Fashion-MNIST", ""),
  },
];

/**
 * Four fifths train, as the data come; said here, so that the steps of a training are known before the data
 * are read.
 */
function t10kData(
  folder: string,
  set: "mnist" | "fashion-mnist",
  title: string,
  drawn: string,
): ImageData | undefined {
  const found = findT10k(folder, set);
  if (!found) return undefined;
  const { folder: place, count, train } = found;
  const held = [train, count] as const;
  return {
    name: set,
    title: `${title} t10k`,
    published: publishedOf(set),
    source: { [set]: { folder: place, part: "test", ...(drawn === "" ? {} : { binarize: "static" }) } },
    split: { train: [0, train], validation: held, test: held },
    reduction: `${title}'s ${count} test images alone${drawn} (${train} train, ${count - train} test)`,
  };
}

const DRAWINGS = /^images_background.*\.zip$/i;

function findOmniglot(folder: string): ImageData | undefined {
  const hasAll = (one: string) => findDataFile(one, ["chardata.mat"]) !== undefined;
  const path = foldersBelow(folder).find(
    (one) => readdirSync(one).some((name) => DRAWINGS.test(name)) || hasAll(one),
  );
  if (path === undefined) return undefined;
  const source = { omniglot: { path } };
  if (hasAll(path)) return { ...paperData("omniglot"), source };
  return {
    name: "omniglot",
    title: "Omniglot, small sets",
    published: "omniglot",
    source,
    reduction: "Omniglot's small background sets alone, brought to 28 x 28 (16 drawers train, 4 test)",
  };
}
