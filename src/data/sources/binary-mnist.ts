import { dirname } from "node:path";
import * as z from "zod";
import { readAmat } from "../amat.js";
import { findDataFile, requireDataFile } from "../data-folder.js";
import type { ImageTable } from "../dataset.js";
import { folderKey } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { splitAt } from "../split.js";
import { stackTables } from "../stack.js";
import { defineSource } from "./source.js";

const NAME = "binary-mnist";
const SIDE = 28;
const PARTS = ["train", "valid", "test"] as const;

const fileOf = (part: (typeof PARTS)[number]) => `binarized_mnist_${part}.amat`;

export const binaryMnist = defineSource({
  name: NAME,
  about: "static binary MNIST of Larochelle and Murray: 28 x 28, no labels; .amat files",
  options: z.strictObject({
    folder: folderKey(
      NAME,
      "folder of binarized_mnist_train.amat, _valid.amat and _test.amat, packed with gzip or not",
    ),
  }),
  load({ folder }) {
    // All are looked for first: reading one takes a second.
    const files = PARTS.map((part) => requireDataFile(folder, [fileOf(part)], NAME));
    const [train, valid, test] = files.map(readImages) as [ImageTable, ImageTable, ImageTable];
    const dataset = asDataset(NAME, stackTables([train, valid, test], folder));
    return { ...dataset, split: splitAt(train.count, train.count + valid.count, dataset.count) };
  },
  recognize(path) {
    const folder = /binarized_mnist_\w+\.amat(\.gz)?$/.test(path) ? dirname(path) : path;
    return findDataFile(folder, PARTS.map(fileOf)) ? { folder } : undefined;
  },
});

function readImages(file: string): ImageTable {
  const { shape, data } = readAmat(file, SIDE * SIDE);
  return {
    count: shape[0]!,
    imageShape: [SIDE, SIDE, 1],
    images: data,
    scale: 1,
    labels: undefined,
    labelNames: [],
  };
}
