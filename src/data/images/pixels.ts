import { UserError } from "../../errors.js";
import type { NumericData } from "../../numeric-array.js";
import type { ImageTable } from "../dataset.js";

/**
 * Numbers as the pixels of a table (rule D19). Whole numbers from 0 to 255 become bytes, with scale 1 when none is above 1
 * and 1/255 otherwise (rule D8); other numbers from 0 to 1 stay as they are, in float32.
 * @param size numbers of one image, for messages.
 * @throws UserError with the image for the first number that is neither, or not finite.
 */
export function asPixels(
  values: NumericData,
  size: number,
  where: string,
): Pick<ImageTable, "images" | "scale"> {
  let least = 0;
  let greatest = 0;
  let whole = true;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    whole &&= Number.isInteger(value);
  }
  const most = whole ? 255 : 1;
  if (whole && least === 0 && greatest <= most) {
    const images = values instanceof Uint8Array ? values : Uint8Array.from(values);
    return { images, scale: greatest <= 1 ? 1 : 1 / 255 };
  }
  const bad = values.findIndex((value: number) => !(value >= 0 && value <= most));
  if (bad < 0) return { images: Float32Array.from(values), scale: 1 };
  throw new UserError({
    where: `${where}, image ${Math.floor(bad / size) + 1}`,
    what: `a pixel of ${values[bad]}, where pixels are whole numbers from 0 to 255 or numbers from 0 to 1`,
    remedy: "Bring them into one of the two, for instance by dividing by the greatest",
  });
}
