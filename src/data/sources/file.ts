import { existsSync } from "node:fs";
import { extname } from "node:path";
import { z } from "zod";
import { refuse } from "../../errors.js";
import { own } from "../../given-names.js";
import { once } from "../../once.js";
import { causesOfFile } from "../causes.js";
import { TABLE_ENDINGS } from "../csv/options.js";
import { readImageCsv } from "../csv/reader.js";
import type { ImageTable } from "../dataset.js";
import { asDataset } from "../fingerprint.js";
import { isFolder } from "../images/entries.js";
import { readImageArray } from "../images/read-arrays.js";
import { readPictures } from "../images/read-pictures.js";
import { csvKeys } from "./csv-keys.js";
import { defineSource } from "./source.js";

const extent = z.int().min(1).max(65_536);

const layout = {
  height: extent.optional().describe("rows of an image; inferred where images are square"),
  width: extent.optional().describe("columns of an image; inferred where images are square"),
  channels: extent
    .optional()
    .describe("values per pixel; 1 by default, of image files 3 where one has colours"),
  labels: z
    .int()
    .min(0)
    .max(65_536)
    .optional()
    .describe(
      "number of label columns: of a CSV file after the pixels unless labelColumn says otherwise, inferred up to 2; of image files those of labels.csv",
    ),
  labelNames: z.array(z.string().min(1)).optional().describe("a name for every label column"),
  array: z.string().min(1).optional().describe("name of the images in an .npz archive"),
  size: z
    .tuple([extent, extent])
    .optional()
    .describe("[height, width] that image files are resized to, by area means"),
  skipOthers: z
    .boolean()
    .optional()
    .describe("of a folder or .zip: skip files that are not PNG or JPEG images instead of refusing them"),
  ...csvKeys,
};

type Layout = z.output<z.ZodObject<typeof layout>>;

/** A kind of file: what it is called, and the options that it has. */
interface Format {
  readonly is: string;
  readonly keys: readonly (keyof Layout)[];
  read(path: string, options: Layout): ImageTable;
}

const CSV: Format = {
  is: "a CSV file",
  keys: [
    "height",
    "width",
    "channels",
    "labels",
    "labelNames",
    "delimiter",
    "header",
    "index",
    "labelColumn",
  ],
  read: readImageCsv,
};
const ARRAY: Format = {
  is: "an array",
  keys: ["height", "width", "channels", "labels", "labelNames", "array"],
  read: readImageArray,
};
const PICTURES: Format = {
  is: "image files",
  keys: ["channels", "labels", "labelNames", "size", "skipOthers"],
  read: readPictures,
};

/** Formats by the ending of the name; a folder holds image files. */
const FORMATS: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(TABLE_ENDINGS.map((ending) => [ending, CSV])),
  ".npy": ARRAY,
  ".npz": ARRAY,
  ".zip": PICTURES,
};

export const file = defineSource({
  name: "file",
  about:
    "your own images: a folder or .zip of PNG and JPEG files, an .npy or .npz array, or a .csv with one image per row",
  shape: {
    file: z
      .string()
      .min(1)
      .optional()
      .describe("path of a folder or .zip of images, of an .npy or .npz array, or of a .csv"),
    ...layout,
  },
  isOrdered: () => true,
  load({ file: path = "", ...options }) {
    const format = isFolder(path) ? PICTURES : own(FORMATS, extname(path).toLowerCase());
    if (!format) {
      const isNothing = extname(path) === "" && !existsSync(path);
      refuse(
        path,
        isNothing ? "no such file or folder" : "no known format of images",
        `Give a folder of images, or a file whose name ends in ${Object.keys(FORMATS).join(" or ")}`,
      );
    }
    const useless = (Object.keys(options) as (keyof Layout)[]).find(
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
});
