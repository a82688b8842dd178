import { refuse } from "../../errors.js";
import type { NumericData } from "../../numeric-array.js";
import type { ImageTable } from "../dataset.js";

/** What decides how numbers are read as pixels (rule D19). */
interface Extent {
  readonly minimum: number;
  readonly maximum: number;
  /** Whether all are whole numbers. */
  readonly whole: boolean;
  /** Whether none is NaN or infinite. */
  readonly finite: boolean;
}

function extentOf(values: NumericData): Extent {
  let minimum = 0;
  let maximum = 0;
  let whole = true;
  let finite = true;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    whole &&= Number.isInteger(value);
    finite &&= whole || Number.isFinite(value);
  }
  return { minimum, maximum, whole, finite };
}

/**
 * What such numbers are to be multiplied by to be pixel values from 0 to 1 (rules D8 and D19): 1/255 for whole numbers from 0
 * to 255, 1 for numbers from 0 to 1; undefined for numbers that are no pixels.
 */
function scaleOf({ minimum, maximum, whole, finite }: Extent): number | undefined {
  if (!finite || minimum < 0 || maximum > (whole ? 255 : 1)) return undefined;
  return maximum <= 1 ? 1 : 1 / 255;
}

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
  const { scale, whole } = assertPixels(values, size, where);
  if (!whole) return { images: Float32Array.from(values), scale };
  return { images: values instanceof Uint8Array ? values : Uint8Array.from(values), scale };
}

/**
 * That numbers are pixels (rule D19).
 * @param size numbers of one image, for messages.
 * @returns their scale, and whether all are whole numbers.
 * @throws UserError with the image for the first number that is none.
 */
export function assertPixels(
  values: NumericData,
  size: number,
  where: string,
): { readonly scale: number; readonly whole: boolean } {
  const extent = extentOf(values);
  const scale = scaleOf(extent);
  if (scale !== undefined) return { scale, whole: extent.whole };
  const largest = extent.whole ? 255 : 1;
  const bad = values.findIndex((value: number) => !(value >= 0 && value <= largest));
  refuse(
    `${where}, image ${Math.floor(bad / size) + 1}`,
    `a pixel of ${values[bad]}, where pixels are whole numbers from 0 to 255 or numbers from 0 to 1`,
    remedyFor(extent),
  );
}

/** How such numbers become pixels: a remedy that a reader accepts afterwards. */
function remedyFor({ minimum, maximum, finite }: Extent): string {
  if (!finite) return "Replace what is not a finite number";
  if (minimum >= 0 && maximum <= 255) return "Divide all by 255, as float32";
  if (minimum >= -1 && maximum <= 1) return "Bring -1 to 1 into 0 to 1, as float32: (x + 1) / 2";
  if (minimum >= 0 && maximum <= 65_535) return "Divide all by 65535 (those of 12 bits by 4095), as float32";
  return "Bring all into 0 to 1, as float32: (x - black) / (white - black), the same two numbers for every array";
}

/**
 * Refuses two arrays to be compared number by number where one holds bytes and the other values from 0 to 1 (rule D19).
 * @throws UserError naming both.
 */
export function assertSameScale(
  x: NumericData,
  y: NumericData,
  [nameX, nameY]: readonly [x: string, y: string],
): void {
  const [scaleX, scaleY] = [scaleOf(extentOf(x)), scaleOf(extentOf(y))];
  if (scaleX === undefined || scaleY === undefined || scaleX === scaleY) return;
  const bytes = scaleX < scaleY ? nameX : nameY;
  refuse(
    `${nameX}, ${nameY}`,
    `${bytes} holds whole numbers up to 255, the other numbers from 0 to 1`,
    `Bring both to one scale: divide ${bytes} by 255, as float32`,
  );
}
