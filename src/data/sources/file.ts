import { extname } from "node:path";
import { z } from "zod";
import { UserError } from "../../errors.js";
import type { ImageCsvOptions } from "../csv/layout.js";
import { readImageCsv } from "../csv/reader.js";
import type { ImageTable } from "../dataset.js";
import { asDataset } from "../fingerprint.js";
import { defineSource } from "./source.js";

/** File formats by the ending of the name. */
const READERS: Record<string, (path: string, options: ImageCsvOptions) => ImageTable> = {
  ".csv": readImageCsv,
};

const extent = z.int().min(1).max(65_536);

export const file = defineSource({
  name: "file",
  about: "your own images: a CSV file, one image a row, pixels from 0 to 255 and then labels",
  shape: {
    file: z.string().min(1).optional().describe("path of a CSV file without a header"),
    height: extent.optional().describe("rows of an image; inferred where images are square"),
    width: extent.optional().describe("columns of an image; inferred where images are square"),
    channels: extent.optional().describe("values per pixel; 1 by default"),
    labels: z
      .int()
      .min(0)
      .max(65_536)
      .optional()
      .describe("label columns after the pixels; inferred up to 2"),
    labelNames: z.array(z.string().min(1)).optional().describe("a name for every label column"),
  },
  load({ file: path = "", ...options }) {
    const read = READERS[extname(path).toLowerCase()];
    if (!read) {
      throw new UserError({
        where: path,
        what: "no known format of images",
        remedy: `Give a file whose name ends in ${Object.keys(READERS).join(" or ")}`,
      });
    }
    return asDataset(path, read(path, options));
  },
});
