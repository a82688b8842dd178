import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { findDataFile } from "../../data/data-folder.js";
import { readIdx } from "../../data/idx.js";
import { idxImageNames } from "../../data/idx-images.js";
import { isFolder } from "../../data/images/entries.js";
import { UserError } from "../../errors.js";
import { type DataName, type ImageData, paperData, publishedOf } from "./data.js";
import type { PublishedData } from "./published.js";

/**
 * Small real images that stand in for the paper's, where a folder or its sub-folders hold them: MNIST's 10,000 test images
 * (drawn binary), those of Fashion-MNIST (in a folder with "fashion" in its name), Omniglot's two small sets of drawings.
 * @param names Those wanted; all that are there where not given, but for Fashion-MNIST.
 * @throws UserError naming what is not there, and the commands that get it.
 */
export function smallData(folder: string, names?: readonly DataName[]): ImageData[] {
  const folders = foldersBelow(folder);
  const found = SMALL.map((small) => ({ ...small, folder: folders.find(small.isIn) }));
  const wanted = names === undefined ? undefined : new Set(names.map((name) => publishedOf(name)));
  const needed = found.filter(({ name, byDefault }) => (wanted ? wanted.has(name) : byDefault));
  const missing = needed.filter((small) => small.folder === undefined);
  // Where nothing is asked for by name, one will do.
  if (missing.length === needed.length || (wanted && missing.length > 0)) {
    throw new UserError({
      where: `--small ${folder}`,
      what: `it holds none of ${missing.map(({ files }) => files).join(" and no ")}`,
      remedy: `Name the folder that holds them, or get them: ${missing.map(({ name, get }) => `"narrows datasets get ${get} --to ${join(folder, name)}"`).join(", ")}`,
    });
  }
  return needed.flatMap((small) => (small.folder === undefined ? [] : [small.make(small.folder)]));
}

interface SmallSet {
  readonly name: PublishedData;
  /** As messages call what is looked for. */
  readonly files: string;
  /** The name under which `narrows datasets get` has such files. */
  readonly get: string;
  readonly byDefault: boolean;
  isIn(folder: string): boolean;
  make(folder: string): ImageData;
}

const DRAWINGS = /^images_background.*\.zip$/i;
const isFashion = (folder: string) => /fashion/i.test(basename(folder));
const hasT10k = (folder: string) => findDataFile(folder, idxImageNames("t10k")) !== undefined;

const SMALL: readonly SmallSet[] = [
  {
    name: "binary-mnist",
    files: "t10k-images-idx3-ubyte (MNIST)",
    get: "mnist",
    byDefault: true,
    isIn: (folder) => hasT10k(folder) && !isFashion(folder),
    make: (folder) => ({
      name: "binary-mnist",
      title: "MNIST t10k",
      published: "binary-mnist",
      source: { mnist: { folder, part: "test", binarize: "static" } },
      ...ofT10k(folder, "MNIST", ", drawn binary once"),
    }),
  },
  {
    name: "omniglot",
    files: "images_background_small1.zip (Omniglot)",
    get: "omniglot",
    byDefault: true,
    isIn: (folder) => namesIn(folder).some((name) => DRAWINGS.test(name)) || hasChardata(folder),
    make: (folder) =>
      hasChardata(folder)
        ? { ...paperData("omniglot"), source: { omniglot: { path: folder } } }
        : {
            name: "omniglot",
            title: "Omniglot, small sets",
            published: "omniglot",
            source: { omniglot: { path: folder } },
            reduction:
              "Omniglot's small background sets alone, brought to 28 x 28 (16 drawers train, 4 test)",
          },
  },
  {
    name: "fashion-mnist",
    files: "fashion-mnist/t10k-images-idx3-ubyte (Fashion-MNIST)",
    get: "fashion-mnist",
    byDefault: false,
    isIn: (folder) => hasT10k(folder) && isFashion(folder),
    make: (folder) => ({
      name: "fashion-mnist",
      title: "Fashion-MNIST t10k",
      published: "fashion-mnist",
      source: { "fashion-mnist": { folder, part: "test" } },
      ...ofT10k(folder, "Fashion-MNIST", ""),
    }),
  },
];

/** Four fifths train, as the data come; told here, so that the steps of a training are known before the data are read. */
function ofT10k(
  folder: string,
  name: string,
  drawn: string,
): Required<Pick<ImageData, "split" | "reduction">> {
  const file = findDataFile(folder, idxImageNames("t10k"))!;
  const [count = 0] = readIdx(file, 3).shape;
  const first = Math.round((4 / 5) * count);
  const held = [first, count] as const;
  return {
    split: { train: [0, first], validation: held, test: held },
    reduction: `${name}'s ${count} test images alone${drawn} (${first} train, ${count - first} test)`,
  };
}

function hasChardata(folder: string): boolean {
  return findDataFile(folder, ["chardata.mat"]) !== undefined;
}

function namesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}

/** A folder and those in it; none where there is no such folder. */
function foldersBelow(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return [folder, ...namesIn(folder).map((name) => join(folder, name))].filter(isFolder);
}
