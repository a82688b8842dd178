import { refuse } from "../errors.js";
import type { ImageTable } from "./dataset.js";
import { pixelValues } from "./pixel-moments.js";

/**
 * The parts of a data set, one after the other, as one table. Where some hold bytes and others float32, or scales differ, all
 * become float32 pixel values.
 * @param tables of the same labels.
 * @param where the data's folder or file, for the message.
 * @throws UserError when the images of two parts are not of one shape.
 */
export function stackTables(tables: readonly [ImageTable, ...ImageTable[]], where: string): ImageTable {
  const [first] = tables;
  const other = tables.find(({ imageShape }) => imageShape.join() !== first.imageShape.join());
  if (other) {
    refuse(
      where,
      `some images are ${first.imageShape.join(" x ")}, others ${other.imageShape.join(" x ")}`,
      "Copy or download the files again: they do not belong together",
    );
  }
  const alike = tables.every(
    ({ images, scale }) => images.constructor === first.images.constructor && scale === first.scale,
  );
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const images = endToEnd(alike ? tables.map((table) => table.images) : tables.map(pixelValues));
  const labels = first.labels && endToEnd(tables.map((table) => table.labels!));
  return { ...first, count, images, scale: alike ? first.scale : 1, labels };
}

/** Typed arrays end to end, in the type of the first. */
function endToEnd<Data extends Uint8Array | Float32Array | Int32Array | Float64Array>(
  parts: readonly Data[],
): Data {
  const make = parts[0]!.constructor as new (length: number) => Data;
  const whole = new make(parts.reduce((sum, part) => sum + part.length, 0));
  let start = 0;
  for (const part of parts) {
    whole.set(part, start);
    start += part.length;
  }
  return whole;
}
