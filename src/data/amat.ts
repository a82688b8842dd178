import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { readUnpacked } from "./gzip.js";

const ZERO = 48;
const ONE = 49;
const LINE_FEED = 10;
/** Bytes up to here part values: spaces, tabs, ends of lines. */
const LAST_BLANK = 32;

/**
 * Reads binary images from an `.amat` file, as the binarised MNIST of Larochelle and Murray comes: text, one image per
 * line, values 0 or 1 separated by spaces, no header. Packed with gzip or not; blank lines are skipped.
 * @param columns values that a line must have, D.
 * @returns bytes 0 and 1, [N, D].
 * @throws UserError with the line when a value is neither 0 nor 1 or a line is short or long; with the file when it cannot
 * be read or unpacked, or holds no image.
 */
export function readAmat(path: string, columns: number): NumericArray<Uint8Array> {
  const bytes = readUnpacked(path);
  // A value takes at least two bytes, itself and a blank.
  const values = new Uint8Array(Math.ceil(bytes.length / 2));
  let filled = 0;
  let line = 1;
  let lineStart = 0;
  const endLine = () => {
    const found = filled - lineStart;
    if (found !== 0 && found !== columns) {
      refuse(
        `${path}, line ${line}`,
        `it has ${found} values, where an image has ${columns}`,
        "The file is truncated or damaged: copy or download it again",
      );
    }
    lineStart = filled;
    line += 1;
  };
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === ZERO || byte === ONE) {
      if (bytes[i + 1] > LAST_BLANK) refuseNoBinaryValue(bytes, i, path, line);
      values[filled++] = byte - ZERO;
    } else if (byte > LAST_BLANK) {
      refuseNoBinaryValue(bytes, i, path, line);
    } else if (byte === LINE_FEED) endLine();
  }
  endLine();
  if (filled === 0) {
    refuse(path, "it holds no images", "Give a text file with one image per line");
  }
  return { shape: [filled / columns, columns], data: values.subarray(0, filled) };
}

function refuseNoBinaryValue(bytes: Uint8Array, start: number, path: string, line: number): never {
  let end = start;
  while (end < bytes.length && end < start + 24 && bytes[end] > LAST_BLANK) end += 1;
  refuse(
    `${path}, line ${line}`,
    `${JSON.stringify(new TextDecoder().decode(bytes.subarray(start, end)))} is neither 0 nor 1`,
    "Give the file as it was published: values 0 and 1 separated by spaces, one image per line",
  );
}
