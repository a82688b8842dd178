import { dirname, join } from "node:path";
import * as z from "zod";
import { readCifarBatch } from "../cifar.js";
import { findDataFile, requireDataFile } from "../data-folder.js";
import type { ImageTable } from "../dataset.js";
import { folderKey } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { isFolder } from "../images/entries.js";
import { splitAt } from "../split.js";
import { stackTables } from "../stack.js";
import { defineSource } from "./source.js";

const NAME = "cifar10";
const BATCHES = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
const TEST = "test_batch.bin";
/** The folder that the published archive makes. */
const UNPACKED = "cifar-10-batches-bin";
/** Of the training images, the part that trains. */
const TRAINING_SHARE = 0.9;

export const cifar10 = defineSource({
  name: NAME,
  about: "CIFAR-10: 60,000 colour photographs, 32 x 32, label class; binary batches",
  options: z.strictObject({
    folder: folderKey(
      NAME,
      `folder of data_batch_1.bin to data_batch_5.bin and test_batch.bin, or of ${UNPACKED} with these`,
    ),
  }),
  load(options) {
    const folder = folderOf(options.folder);
    const files = [...BATCHES, TEST].map((file) => requireDataFile(folder, [file], NAME));
    const tables = files.map(readCifarBatch) as [ImageTable, ...ImageTable[]];
    const dataset = asDataset(NAME, stackTables(tables, folder));
    const testStart = dataset.count - tables.at(-1)!.count;
    return { ...dataset, split: splitAt(Math.round(TRAINING_SHARE * testStart), testStart, dataset.count) };
  },
  recognize(path) {
    const folder = /_batch(_\d)?\.bin$/.test(path) ? dirname(path) : path;
    return findDataFile(folderOf(folder), [TEST, ...BATCHES]) ? { folder } : undefined;
  },
});

/** The folder of the batches themselves. */
function folderOf(folder: string): string {
  const inner = join(folder, UNPACKED);
  return isFolder(inner) ? inner : folder;
}
