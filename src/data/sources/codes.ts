import { z } from "zod";
import { codesKeys, readCodes } from "../codes/read.js";
import { looksLikeCodes } from "../codes/recognize.js";
import { word } from "../file-keys.js";
import { asDataset } from "../fingerprint.js";
import { defineSource } from "./source.js";

/** Codes of a trained model taken as data, in a configuration. */
const codesSchema = z.strictObject({
  file: word.describe("path of an .npz archive or of a .csv file"),
  ...codesKeys,
});

export const codes = defineSource({
  name: "codes",
  about: 'codes instead of images, for classifiers: an .npz or .csv file such as "narrows encode" writes',
  shape: { codes: codesSchema.optional() },
  isOrdered: () => true,
  load({ codes: options }) {
    const { file, ...rest } = options!;
    return asDataset(file, readCodes(file, rest));
  },
  recognize(path) {
    return looksLikeCodes(path) ? { codes: { file: path } } : undefined;
  },
});
