import { readBytes } from "./read.js";
import { decodeSafetensors, type Safetensors } from "./safetensors-format.js";

/**
 * Reads a safetensors file.
 * @throws UserError as {@link decodeSafetensors}, and when the file cannot be read
 */
export function readSafetensors(path: string): Safetensors {
  return decodeSafetensors(readBytes(path), path);
}
