import { decode } from "jpeg-js";
import { refuse, UserError } from "../../errors.js";
import { toColours } from "./jpeg-colours.js";
import { jpegFrame } from "./jpeg-frame.js";
import { type Picture, PictureError } from "./picture.js";
import { decodePng } from "./png.js";

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/**
 * Decodes a PNG or JPEG image, recognised by its first bytes, not by its name (rule D18).
 * @param where how messages call the file.
 * @throws UserError for another format, and for a truncated or damaged image.
 */
export function decodePicture(bytes: Uint8Array, where: string): Picture {
  const begins = (signature: readonly number[]) => signature.every((byte, k) => bytes[k] === byte);
  const decoder = begins(PNG) ? decodePng : begins(JPEG) ? decodeJpeg : undefined;
  if (!decoder) {
    refuse(
      where,
      "it is neither a PNG nor a JPEG image inside",
      "Convert it to PNG or JPEG, or take it out of there",
    );
  }
  try {
    return decoder(bytes, where);
  } catch (error) {
    if (error instanceof UserError) throw error;
    refuse(
      where,
      `the image cannot be decoded (${error instanceof Error ? error.message : String(error)})`,
      error instanceof PictureError
        ? error.remedy
        : "It is truncated, damaged or of a rare kind: save it again as plain PNG",
      error,
    );
  }
}

/** Bound on what the decoder asks for: far above what pictures of the maximum size need, 20 bytes per pixel. */
const MEMORY_MEGABYTES = 1024;

/**
 * Decodes a JPEG image, baseline or progressive, as it is stored: an orientation in its EXIF data is not followed (rule D18).
 * @returns one channel where it is grey, otherwise three.
 * @throws Error for a truncated or damaged image, one of too many pixels, and one of a kind that would not be decoded right.
 */
function decodeJpeg(bytes: Uint8Array): Picture {
  const { height, width, colours, grids, isTurned, transformAt } = jpegFrame(bytes);
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
  if (colours === "grey")
    return { height, width, channels: 1, data: data.filter((_, k) => k % 3 === 0), isTurned };
  toColours(data, [height, width], grids, colours === "luminance and chroma");
  return { height, width, channels: 3, data, isTurned };
}
