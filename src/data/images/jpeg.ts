import { decode } from "jpeg-js";
import { toColours } from "./jpeg-colours.js";
import { jpegFrame } from "./jpeg-frame.js";
import type { Picture } from "./picture.js";

/** Bound on what the decoder asks for: far above what pictures of the maximum size need, 20 bytes per pixel. */
const MEMORY_MEGABYTES = 1024;

/**
 * Decodes a JPEG image, baseline or progressive, as it is stored: an orientation in its EXIF data is not followed (rule D18).
 * @returns one channel where it is grey, otherwise three.
 * @throws Error for a truncated or damaged image, one of too many pixels, and one of a kind that would not be decoded right.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const { height, width, colours, grids, transformAt } = jpegFrame(bytes);
  // The decoder follows Adobe's mark whatever its options say; here it gives the components as they are.
  const unmarked = transformAt === undefined ? bytes : bytes.with(transformAt, 0);
  const { data } = decode(unmarked, {
    useTArray: true,
    formatAsRGBA: false,
    colorTransform: false,
    // Restart intervals end behind the last block of a picture, too: what lies beyond it is skipped.
    tolerantDecoding: true,
    maxMemoryUsageInMB: MEMORY_MEGABYTES,
  });
  if (colours === "grey") return { height, width, channels: 1, data: data.filter((_, k) => k % 3 === 0) };
  toColours(data, [height, width], grids, colours === "luminance and chroma");
  return { height, width, channels: 3, data };
}
