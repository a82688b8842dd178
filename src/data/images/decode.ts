import { refuse, UserError } from "../../errors.js";
import { decodeJpeg } from "./jpeg.js";
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
  const decode = begins(PNG) ? decodePng : begins(JPEG) ? decodeJpeg : undefined;
  if (!decode) {
    refuse(
      where,
      "it is neither a PNG nor a JPEG image inside",
      "Convert it to PNG or JPEG, or take it out of there",
    );
  }
  try {
    return decode(bytes, where);
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
