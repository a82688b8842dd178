/**
 * How a JPEG image is to be turned or mirrored before it is shown, as its camera says. Source: Exif 2.32, 4.6.4 (tag 0x0112), in the
 * first directory of a TIFF file (TIFF 6.0, section 2).
 */

const EXIF = "Exif\0\0";
const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/**
 * @param content of a segment APP1.
 * @returns 2 to 8 where the image is stored otherwise than it is shown; undefined where it is not, or the segment says nothing of it.
 */
export function exifOrientation(content: Uint8Array): number | undefined {
  const { buffer, byteOffset, length } = content;
  if (length < EXIF.length + 8 || ![...EXIF].every((letter, k) => content[k] === letter.charCodeAt(0)))
    return undefined;
  const tiff = new DataView(buffer, byteOffset + EXIF.length, length - EXIF.length);
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  if (directory + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(directory, isLittle);
  for (let k = 0; k < entries; k++) {
    const at = directory + 2 + k * ENTRY_BYTES;
    if (at + ENTRY_BYTES > tiff.byteLength) return undefined;
    if (tiff.getUint16(at, isLittle) !== ORIENTATION) continue;
    const value = tiff.getUint16(at + 8, isLittle);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}
