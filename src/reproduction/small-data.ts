import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { findDataFile } from "../data/data-folder.js";
import { readIdx } from "../data/idx.js";
import { idxNames } from "../data/idx-images.js";
import { isFolder } from "../data/images/entries.js";

/** A folder and the folders in it, in the order of their names; none where there is no such folder. */
export function foldersBelow(folder: string): string[] {
  if (!isFolder(folder)) return [];
  return [
    folder,
    ...readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)),
  ].filter(isFolder);
}

/** The 10,000 test images of MNIST or of a set of the same files, in a folder of their own. */
export interface T10k {
  readonly folder: string;
  readonly count: number;
  /** The first images train; the others are for the rest. */
  readonly train: number;
}

/** Share of the images that train. */
const TRAINING_SHARE = 0.8;

/**
 * Those test images in a folder or one of its sub-folders; undefined where none holds them.
 * @param set which of the sets that have files of these names: Fashion-MNIST is in a folder with "fashion" in
 * its name.
 */
export function findT10k(folder: string, set: "mnist" | "fashion-mnist"): T10k | undefined {
  const isFashion = (one: string) => /fashion/i.test(basename(one));
  const found = foldersBelow(folder)
    .filter((one) => isFashion(one) === (set === "fashion-mnist"))
    .flatMap((one) => {
      const file = findDataFile(one, idxNames("t10k", "images-idx3"));
      return file === undefined ? [] : [{ folder: one, file }];
    });
  if (!found[0]) return undefined;
  const [count = 0] = readIdx(found[0].file, 3).shape;
  return { folder: found[0].folder, count, train: Math.round(TRAINING_SHARE * count) };
}
