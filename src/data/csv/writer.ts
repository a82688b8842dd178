import { refuse } from "../../errors.js";
import { type ImageTable, valuesPerImage } from "../dataset.js";
import { textOfNumber } from "./cell.js";

const COMMA = 44;
const LINE_FEED = 10;
const ROWS_PER_CHUNK = 2048;
const DIGITS_OF_BYTES = Array.from({ length: 256 }, (_, byte) => new TextEncoder().encode(String(byte)));

/**
 * An image table of bytes as the bytes of a CSV file (rules D9 and D10), some thousand rows a chunk: what
 * `writeFileAtomic` takes. Reading it gives the same images and labels to the last bit.
 * @param table whose images are a Uint8Array: for values of float32 write an array of codes or a `.npy` file.
 * @param onProgress called after every chunk with the number of rows that are done.
 * @throws UserError for images that are no bytes.
 */
export function* imageCsvChunks(
  table: ImageTable,
  onProgress?: (rows: number) => void,
): Generator<Uint8Array> {
  if (!(table.images instanceof Uint8Array)) {
    refuse(
      "images as CSV",
      "their values are float32, and this file holds bytes",
      "Write an .npy file, or an array of codes",
    );
  }
  for (let start = 0; start < table.count; start += ROWS_PER_CHUNK) {
    const end = Math.min(start + ROWS_PER_CHUNK, table.count);
    yield encodeRows(table, start, end);
    onProgress?.(end);
  }
}

function encodeRows({ imageShape, images, labels, labelNames }: ImageTable, start: number, end: number) {
  const pixels = valuesPerImage({ imageShape });
  const labelCount = labels === undefined ? 0 : labelNames.length;
  // A pixel is at most three digits and a comma; a float64 at most 24 characters and a comma.
  const out = new Uint8Array((end - start) * (4 * pixels + 25 * labelCount));
  const encoder = new TextEncoder();
  let length = 0;
  for (let row = start; row < end; row++) {
    for (let i = row * pixels; i < (row + 1) * pixels; i++) {
      const digits = DIGITS_OF_BYTES[images[i]];
      for (let k = 0; k < digits.length; k++) out[length++] = digits[k];
      out[length++] = COMMA;
    }
    for (let i = row * labelCount; labels && i < (row + 1) * labelCount; i++) {
      length += encoder.encodeInto(textOfNumber(labels[i]!), out.subarray(length)).written;
      out[length++] = COMMA;
    }
    out[length - 1] = LINE_FEED;
  }
  return out.subarray(0, length);
}
