import { basename, dirname, extname } from "node:path";
import * as z from "zod";
import { requireDataFile } from "../data-folder.js";
import { rowChoiceSchema } from "../dsprites/choose-rows.js";
import { looksLikeDsprites, readDsprites } from "../dsprites/read.js";
import { word } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { defineSource } from "./source.js";

export const dsprites = defineSource({
  name: "dsprites",
  about:
    "dSprites: 64 x 64 binary images by shape, scale, orientation, posX, posY; 4 kB of memory per image, 3 GB for all 737,280",
  options: z.strictObject({
    file: word
      .default("data/dsprites/dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz")
      .describe('path of the published .npz archive, which "narrows datasets get dsprites" fetches'),
    ...rowChoiceSchema,
  }),
  // All of them stand in the grid's order.
  isOrdered: ({ samples }) => samples === undefined,
  load({ file, ...choice }) {
    const path = requireDataFile(dirname(file), [basename(file)], "dsprites");
    return asDataset("dsprites", readDsprites(path, choice));
  },
  recognize: (path) =>
    extname(path).toLowerCase() === ".npz" && looksLikeDsprites(path) ? { file: path } : undefined,
});
