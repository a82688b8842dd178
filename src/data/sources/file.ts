import { existsSync } from "node:fs";
import { extname } from "node:path";
import { refuse } from "../../errors.js";
import { own } from "../../given-names.js";
import { once } from "../../once.js";
import { causesOfFile } from "../causes.js";
import { TABLE_ENDINGS } from "../csv/options.js";
import { readImageCsv } from "../csv/reader.js";
import type { ImageTable } from "../dataset.js";
import { fileKeys, KEYS_OF_KIND, type OptionsOf, word } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { isIdx } from "../idx.js";
import { isFolder } from "../images/entries.js";
import { readImageArray } from "../images/read-arrays.js";
import { readImageIdx } from "../images/read-idx.js";
import { readPictures } from "../images/read-pictures.js";
import type { DatasetSource } from "./source.js";

/** A kind of file: what it is called, and the options that it has. */
interface Format {
  readonly is: string;
  readonly keys: readonly (keyof typeof fileKeys)[];
  read(path: string, options: OptionsOf<typeof fileKeys>): ImageTable;
}

const CSV: Format = { is: "a CSV file", keys: KEYS_OF_KIND.table, read: readImageCsv };
const ARRAY: Format = { is: "an array", keys: KEYS_OF_KIND.array, read: readImageArray };
const IDX: Format = { is: "an idx file", keys: KEYS_OF_KIND.idx, read: readImageIdx };
const PICTURES: Format = { is: "image files", keys: KEYS_OF_KIND.pictures, read: readPictures };

/** Formats by the ending of the name; a folder holds image files. */
const FORMATS: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(TABLE_ENDINGS.map((ending) => [ending, CSV])),
  ".npy": ARRAY,
  ".npz": ARRAY,
  ".zip": PICTURES,
};

/** The format of what lies at a path: a folder by being one, an idx file by its first bytes, others by their names. */
function formatOf(path: string): Format | undefined {
  if (isFolder(path)) return PICTURES;
  return own(FORMATS, extname(path).toLowerCase()) ?? (existsSync(path) && isIdx(path) ? IDX : undefined);
}

const shape = {
  file: word
    .optional()
    .describe("path of a folder or .zip of images, of an .npy or .npz array, of a .csv, or of an idx file"),
  ...fileKeys,
};

/** The one source whose options stand next to its name, not under it. */
export const file: DatasetSource<typeof shape> = {
  kind: "data",
  name: "file",
  about:
    "your own images: a folder or .zip of PNG and JPEG files, an .npy or .npz array, a .csv with one image per row, or an idx file",
  shape,
  isOrdered: () => true,
  load({ file: path = "", ...options }) {
    const format = formatOf(path);
    if (!format) {
      const isNothing = !existsSync(path);
      refuse(
        path,
        isNothing ? "no such file or folder" : "no known format of images",
        `Give a folder of images, an idx file, or a file whose name ends in ${Object.keys(FORMATS).join(" or ")}`,
      );
    }
    const useless = (Object.keys(options) as (keyof typeof fileKeys)[]).find(
      (key) => options[key] !== undefined && !format.keys.includes(key),
    );
    if (useless) {
      refuse(
        path,
        `the option ${useless} has no meaning for ${format.is}`,
        `Remove it; options with a meaning: ${format.keys.join(", ")}`,
      );
    }
    const table = format.read(path, options);
    return asDataset(path, { ...table, causes: once(() => causesOfFile(table)) });
  },
};
