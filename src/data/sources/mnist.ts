/** What MNIST and the sets that are made like it have in common: their files, options and splits. */
import { basename, dirname } from "node:path";
import * as z from "zod";
import { refuse } from "../../errors.js";
import { binarized, binarizeKeys } from "../binarize.js";
import { findDataFile } from "../data-folder.js";
import type { Dataset, ImageTable, Split } from "../dataset.js";
import { folderKey } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { type IdxPart, idxNames, readIdxImages } from "../idx-images.js";
import { resizeBilinear } from "../images/bilinear.js";
import { splitHeldOut } from "../split.js";
import { stackTables } from "../stack.js";
import { defineSource } from "./source.js";

const positive = z.int().min(1);
const PARTS = ["all", "train", "test"] as const;

/**
 * A set in the form of MNIST. The files of all have the same names: only the folder tells Fashion-MNIST's from others.
 * @param labelName what its labels are.
 */
function idxSource<Name extends string>(name: Name, about: string, labelName: string, isFashion = false) {
  return defineSource({
    name,
    about,
    options: idxSchema(name),
    load: (options) => loadIdx(name, labelName, options),
    recognize: (path) => (/fashion/i.test(path) === isFashion ? recognizeIdx(path) : undefined),
  });
}

export const mnist = idxSource(
  "mnist",
  "MNIST: 70,000 handwritten digits, 28 x 28, grey or drawn binary, label digit; idx files",
  "digit",
);

export const fashionMnist = idxSource(
  "fashion-mnist",
  "Fashion-MNIST: 70,000 articles of clothing, 28 x 28, grey, label article; idx files",
  "article",
  true,
);

/** The options of such a set. @param name as in {@link loadIdx}. */
function idxSchema(name: string) {
  return z.strictObject({
    folder: folderKey(
      name,
      "folder of the idx files, packed with gzip or not: train-images-idx3-ubyte and so on",
    ),
    part: z
      .enum(PARTS)
      .default("all")
      .describe(
        "all: the 60,000 images of train and after them the 10,000 of t10k; train or test: those alone, split among themselves",
      ),
    rows: positive
      .optional()
      .describe(
        "number of training images, from the first of the part; by default 50,000 of train, or 8,000 of t10k alone",
      ),
    size: positive
      .max(256)
      .optional()
      .describe(
        "side in pixels to which images are resized, by linear interpolation (D27); by default as in the files",
      ),
    ...binarizeKeys("greys"),
  });
}

/** Checked options of such a set. */
type IdxOptions = z.output<ReturnType<typeof idxSchema>>;

/**
 * Reads an MNIST-like set with its split (rule D20).
 * @param name as configurations and `narrows datasets get` call it.
 * @param labelName what its labels are.
 * @throws UserError when files are missing, truncated or damaged or do not fit each other, and when `rows` are too many.
 */
function loadIdx(name: string, labelName: string, options: IdxOptions): Dataset {
  const { folder, part, rows, size } = options;
  const read = (file: IdxPart, otherwise?: string): ImageTable => {
    const table = resized(readIdxImages({ folder, part: file, dataset: name, labelName, otherwise }), size);
    return binarized(table, options, file);
  };
  if (part === "test") {
    const table = read("t10k");
    return { ...asDataset(name, table), split: splitOfOne(table.count, 4 / 5, rows, name) };
  }
  const alone = findDataFile(folder, idxNames("t10k", "images-idx3")) !== undefined;
  const train = read(
    "train",
    alone && part === "all" ? "say part: test to use the images of t10k alone" : undefined,
  );
  if (part === "train") {
    return { ...asDataset(name, train), split: splitOfOne(train.count, 5 / 6, rows, name) };
  }
  const dataset = asDataset(name, stackTables([train, read("t10k")], folder));
  return { ...dataset, split: splitOfBoth(train.count, dataset.count, rows, name) };
}

/** A table of bytes with its images brought to squares of a size. */
function resized(
  table: ImageTable & { readonly images: Uint8Array },
  size: number | undefined,
): ImageTable & { readonly images: Uint8Array } {
  if (size === undefined) return table;
  const { images, count, imageShape } = table;
  return {
    ...table,
    imageShape: [size, size, imageShape[2]],
    images: resizeBilinear(images, count, imageShape, [size, size]),
  };
}

/** The first rows train, those behind the share (or all that are left) both validate and test. */
function splitOfOne(count: number, share: number, rows: number | undefined, name: string): Split {
  const first = Math.round(share * count);
  const end = rows ?? first;
  if (end >= count) refuseTooManyRows(name, end, count - 1);
  return splitHeldOut(end, Math.max(first, end), count);
}

/** The first rows of train train, its last sixth validates, t10k tests; where all of train trains, t10k validates too. */
function splitOfBoth(trainCount: number, count: number, rows: number | undefined, name: string): Split {
  const first = Math.round((5 / 6) * trainCount);
  const end = rows ?? first;
  if (end > trainCount) refuseTooManyRows(name, end, trainCount);
  const test = [trainCount, count] as const;
  return {
    train: [0, end],
    validation: end < trainCount ? [Math.max(first, end), trainCount] : test,
    test,
  };
}

function refuseTooManyRows(name: string, rows: number, maximum: number): never {
  refuse(
    `data.${name}.rows`,
    `${rows} rows for training are more than there are, if some are to be held out`,
    `Give at most ${maximum}`,
  );
}

const IDX_FILE = /^(train|t10k)-(images|labels)[-.]idx[13]-ubyte(\.gz)?$/;

/** The folder and part of such a set that a path names: the folder of the files, or one of them. */
function recognizeIdx(path: string): { folder: string; part: (typeof PARTS)[number] } | undefined {
  const [file, one] = IDX_FILE.exec(basename(path)) ?? [];
  if (file) return { folder: dirname(path), part: one === "train" ? "train" : "test" };
  const has = (part: IdxPart) => findDataFile(path, idxNames(part, "images-idx3")) !== undefined;
  if (!has("train") && !has("t10k")) return undefined;
  return { folder: path, part: !has("train") ? "test" : has("t10k") ? "all" : "train" };
}
