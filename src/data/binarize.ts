import * as z from "zod";
import { PhiloxStream } from "../random/stream.js";
import { type ImageTable, valuesPerImage } from "./dataset.js";

/** How grey images become binary ones, as configurations say it. */
export function binarizeKeys(greys: string) {
  return {
    binarize: z
      .enum(["none", "static"])
      .default("none")
      .describe(`none: ${greys} from 0 to 1; static: each drawn once as 0 or 1 with that probability`),
    seed: z.int().min(0).default(0).describe("of that draw"),
  };
}

/** The images as these options have them: as they are, or drawn by {@link binarizeStatic}. */
export function binarized(
  table: ImageTable,
  { binarize, seed }: { readonly binarize: "none" | "static"; readonly seed: number },
  part: string,
): ImageTable {
  return binarize === "static" ? binarizeStatic(table, seed, part) : table;
}

const WORDS = 2 ** 32;

/**
 * Binary images, drawn once and for all (rule D17): a pixel is 1 with the probability that is its value, else 0, and every
 * pass of a training sees the same draw. Image i takes the words of step i of the stream (seed, `static binarization PART`),
 * one for each pixel that is neither 0 nor 1, so that the draw depends on nothing but the seed and the image's place in its file.
 * @param table pixel values in [0, 1].
 * @param part what the images are a file of, such as `train`: part of the stream's identity.
 * @returns the same table with bytes 0 and 1, scale 1.
 */
export function binarizeStatic(table: ImageTable, seed: number, part: string): ImageTable {
  const { images, count, scale } = table;
  const size = valuesPerImage(table);
  const binary = new Uint8Array(images.length);
  const stream = new PhiloxStream(seed, `static binarization ${part}`);
  // Dividing by 255 last keeps a full pixel full: 255 * 2^32 / 255 is 2^32 to the last bit.
  const full = Math.round(1 / scale);
  for (let row = 0; row < count; row++) {
    stream.restart(row);
    for (let i = row * size; i < (row + 1) * size; i++) {
      const threshold = (images[i] * WORDS) / full;
      if (threshold >= WORDS) binary[i] = 1;
      else if (threshold > 0 && stream.uint32() < threshold) binary[i] = 1;
    }
  }
  return { ...table, images: binary, scale: 1 };
}
