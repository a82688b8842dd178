import { readFileSync } from "node:fs";
import { refuse } from "../errors.js";
import { explainSystemError } from "./system-errors.js";

/**
 * Reads a whole file.
 * @throws UserError when it is missing, may not be read, is a folder, or is larger than one buffer holds.
 */
export function readBytes(path: string): Uint8Array {
  try {
    const { buffer, byteOffset, length } = readFileSync(path);
    // A plain array: a Buffer's `slice` is a view, which surprises those who were promised a Uint8Array.
    return new Uint8Array(buffer, byteOffset, length);
  } catch (error) {
    if (error instanceof RangeError) {
      refuse(
        path,
        "the file is larger than the 2 GiB that can be read at once",
        "Split it into smaller files",
        error,
      );
    }
    throw explainSystemError(error, path);
  }
}

/**
 * Reads a whole UTF-8 text file.
 * @throws UserError as {@link readBytes}.
 */
export function readText(path: string): string {
  return new TextDecoder().decode(readBytes(path));
}
