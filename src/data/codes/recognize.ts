import { closeSync, openSync, readSync } from "node:fs";
import { extname } from "node:path";
import { explainSystemError } from "../../files/atomic.js";
import { fileSource } from "../../files/source.js";
import { openNpz } from "../arrays/npz.js";
import { CODES_ARRAY } from "./read.js";

/** More than any written number takes. */
const HEAD_BYTES = 400;

/**
 * Whether a file holds codes rather than images, by its looks: an archive with an array `codes`, or a table whose first
 * number could be no pixel.
 * @throws UserError when the file cannot be read.
 */
export function looksLikeCodes(path: string): boolean {
  switch (extname(path).toLowerCase()) {
    case ".npz":
      return openNpz(fileSource(path)).keys.includes(CODES_ARRAY);
    case ".csv": {
      const [first = ""] = head(path).split(/[,\n]/, 1);
      const value = Number(first);
      return (
        first.trim() !== "" &&
        Number.isFinite(value) &&
        !(Number.isInteger(value) && value >= 0 && value <= 255)
      );
    }
    default:
      return false;
  }
}

/** The beginning of a text file. */
function head(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = new Uint8Array(HEAD_BYTES);
      return new TextDecoder().decode(bytes.subarray(0, readSync(file, bytes)));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw explainSystemError(error, path);
  }
}
