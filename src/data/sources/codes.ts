import { z } from "zod";
import { CODES_ARRAY, readCodes } from "../codes/read.js";
import { looksLikeCodes } from "../codes/recognize.js";
import { asDataset } from "../fingerprint.js";
import { csvKeys } from "./csv-keys.js";
import { defineSource } from "./source.js";

const columns = z.int().max(65_536);

/** Codes of a trained model taken as data, in a configuration. */
const codesSchema = z.strictObject({
  file: z.string().min(1).describe("path of an .npz archive or of a .csv file"),
  array: z
    .string()
    .min(1)
    .default(CODES_ARRAY)
    .describe("name of the codes in an archive; their labels are called labels"),
  dimensions: columns.min(1).optional().describe("dimensions that a code must have"),
  labels: columns
    .min(0)
    .optional()
    .describe(
      "number of label columns after the codes; by default 2 in a .csv file, in an archive those it has",
    ),
  labelNames: z
    .array(z.string().min(1))
    .optional()
    .describe("a name for every label; two are xU and xL by default"),
  ...csvKeys,
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
