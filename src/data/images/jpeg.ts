import { decode } from "jpeg-js";
import type { Picture } from "./picture.js";

/**
 * Decodes a JPEG image, baseline or progressive, as it is stored: an orientation in its EXIF data is not followed.
 * @returns three channels, equal ones where the image is grey.
 * @throws Error for a truncated or damaged image.
 */
export function decodeJpeg(bytes: Uint8Array): Picture {
  const { height, width, data } = decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
  });
  return { height, width, channels: 3, data };
}
