import * as z from "zod";
import { codesKeys, looksLikeCodes, readCodes } from "../codes/read.js";
import { word } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { defineSource } from "./source.js";

export const codes = defineSource({
  name: "codes",
  about: 'codes instead of images, for classifiers: an .npz or .csv file such as "narrows encode" writes',
  options: z.strictObject({
    file: word.describe("path of an .npz archive or of a .csv file"),
    ...codesKeys,
  }),
  isOrdered: () => true,
  load: ({ file, ...options }) => asDataset(file, readCodes(file, options)),
  recognize: (path) => (looksLikeCodes(path) ? { file: path } : undefined),
});
