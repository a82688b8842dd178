import { existsSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { binarized, binarizeKeys } from "../binarize.js";
import { findDataFile, refuseMissingData } from "../data-folder.js";
import type { Dataset } from "../dataset.js";
import { folderKey } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { isFolder } from "../images/entries.js";
import { readChardata } from "../omniglot/chardata.js";
import { readDrawings } from "../omniglot/drawings.js";
import { splitHeldOut } from "../split.js";
import { stackTables } from "../stack.js";
import { defineSource } from "./source.js";

const CHARDATA = "chardata.mat";

const omniglotSchema = z.strictObject({
  path: folderKey(
    "omniglot",
    'chardata.mat or a folder with it ("narrows datasets get omniglot"), or a folder or zip archive of Omniglot\'s drawings',
  ),
  ...binarizeKeys("pixels as they are,"),
  size: z.int().min(1).max(1024).default(28).describe("height and width of an image in pixels"),
});

type OmniglotOptions = z.output<typeof omniglotSchema>;

export const omniglot = defineSource({
  name: "omniglot",
  about:
    "characters of 50 alphabets, 28 x 28, strokes 1: chardata.mat of Burda et al., or the drawings as PNG",
  options: omniglotSchema,
  load(options) {
    const { path } = options;
    if (!existsSync(path)) refuseMissingData(isMat(path) ? path : join(path, CHARDATA), "omniglot");
    const file = isMat(path) ? path : isFolder(path) ? findDataFile(path, [CHARDATA]) : undefined;
    return file === undefined ? ofDrawings(options) : ofChardata(file, options);
  },
  recognize(path) {
    const ours =
      isMat(path) || (isFolder(path) && (findDataFile(path, [CHARDATA]) || /omniglot/i.test(path)));
    return ours ? { path } : undefined;
  },
});

const isMat = (path: string) => /\.mat$/i.test(path);

function ofChardata(file: string, options: OmniglotOptions): Dataset {
  const { train, test } = readChardata(file, options.size);
  const parts = [binarized(train, options, "data"), binarized(test, options, "testdata")] as const;
  const dataset = asDataset("omniglot", stackTables(parts, file));
  return { ...dataset, split: splitHeldOut(train.count, train.count, dataset.count) };
}

function ofDrawings(options: OmniglotOptions): Dataset {
  const { table, split } = readDrawings(options.path, options.size);
  return { ...asDataset("omniglot", binarized(table, options, "drawings")), split };
}
