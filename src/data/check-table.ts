import { refuse } from "../errors.js";
import { type ImageTable, requireFiniteLabels, valuesPerImage } from "./dataset.js";

/** Float32 holds 1/255 of 255 as a little more than 1. */
const ROUNDING = 1e-6;

/**
 * Refuses a table that does not hold what it says: whoever makes one from arrays of their own (rule D8).
 * @param name whose table it is, for the message.
 * @throws UserError in one line with the field, what it is, and what it has to be.
 */
export function checkTable(name: string, table: ImageTable): void {
  const { count, imageShape, images, scale, labels, labelNames } = table;
  const wrong = (field: string, what: string, remedy: string) => refuse(`${name}, ${field}`, what, remedy);
  const isCount = (value: unknown) => Number.isInteger(value) && Number(value) > 0;
  if (!isCount(count)) wrong("count", `${count} is no number of images`, "Give a whole number above 0");
  if (!Array.isArray(imageShape) || imageShape.length !== 3 || !imageShape.every(isCount))
    wrong("imageShape", `${JSON.stringify(imageShape)} is no shape`, "Give [height, width, channels]");
  if (!(images instanceof Uint8Array || images instanceof Float32Array))
    wrong("images", "they are of no type that is read", "Give a Uint8Array or a Float32Array");
  const values = count * valuesPerImage(table);
  if (images.length !== values) {
    const shape = [count, ...imageShape].join(" x ");
    wrong("images", `${images.length} numbers for ${shape} images`, `Give ${values} numbers, channels last`);
  }
  if (!(Number.isFinite(scale) && scale > 0))
    wrong("scale", `${scale} is no factor`, "Give what a pixel's number is multiplied by: 1/255 for bytes");
  checkPixels(table, wrong);
  if (!Array.isArray(labelNames))
    wrong("labelNames", `${labelNames} is no list`, "Give a name for each label, or []");
  const expected = labelNames.length > 0 || labels ? count * labelNames.length : 0;
  if ((labels?.length ?? 0) !== expected) {
    const what = `${labels?.length ?? "no"} numbers for ${count} images with ${labelNames.length} labels`;
    wrong("labels", what, `Give ${expected} numbers, an image's together, or no labels and no names`);
  }
  if (labels)
    requireFiniteLabels(labels, (at) => `${name}, labels of image ${Math.floor(at / labelNames.length)}`);
}

/** Codes may be any numbers; pixels are from 0 to 1. */
function checkPixels(
  { images, scale, imageShape: [height, width] }: ImageTable,
  wrong: (field: string, what: string, remedy: string) => never,
): void {
  const isCode = height * width === 1;
  const maximum = isCode ? Number.MAX_VALUE : (1 + ROUNDING) / scale;
  if (images instanceof Uint8Array && maximum >= 255) return;
  const minimum = isCode ? -Number.MAX_VALUE : 0;
  let at = images instanceof Uint8Array ? smallBytes(images, maximum) : 0;
  while (at < images.length && images[at]! >= minimum && images[at]! <= maximum) at++;
  if (at === images.length) return;
  const value = images[at];
  wrong(
    "images",
    isCode
      ? `a number is ${value}`
      : `a pixel is ${value} times the scale ${scale}, and pixels are from 0 to 1`,
    isCode ? "Give finite numbers only" : "Give bytes with scale 1/255, or values from 0 to 1 with scale 1",
  );
}

/**
 * How many bytes from the first are none above a bound for sure. Four at a time, since a data set may have billions: the bits that
 * occur in any make no number that is smaller than one of them.
 */
function smallBytes({ buffer, byteOffset, length }: Uint8Array, maximum: number): number {
  if (byteOffset % 4 !== 0) return 0;
  let bits = 0;
  const words = new Uint32Array(buffer, byteOffset, Math.floor(length / 4));
  for (let k = 0; k < words.length; k++) bits |= words[k]!;
  const isSmall = [0, 8, 16, 24].every((shift) => ((bits >>> shift) & 255) <= maximum);
  return isSmall ? 4 * words.length : 0;
}
