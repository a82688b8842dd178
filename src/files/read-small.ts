import { readSync, statSync } from "node:fs";
import { UserError } from "../errors.js";
import { readText } from "./read.js";
import { withFile } from "./source.js";
import { inFileSystem } from "./system-errors.js";

const MEBI = 2 ** 20;

/**
 * Reads a UTF-8 text that is known to be small, such as a configuration, from a file or a pipe.
 * @param whatFor What such a file is, for messages, such as `a configuration`.
 * @throws UserError when it is missing, may not be read, is a device, or is larger than the limit.
 */
export function readSmallText(path: string, maxBytes: number, whatFor: string): string {
  const refusal = (what: string) =>
    new UserError({ where: path, what, remedy: `Give a file of at most ${maxBytes / MEBI} MiB` });
  const tooLarge = () => refusal(`the file is too large for ${whatFor}`);
  const stats = inFileSystem(path, () => statSync(path));
  if (stats.isFile() && stats.size > maxBytes) throw tooLarge();
  // What lies in /proc says that it is empty, and is read to its end all the same: to the limit.
  if (stats.isFIFO() || (stats.isFile() && stats.size === 0)) {
    const text = readUpTo(path, maxBytes + 1);
    if (text.length > maxBytes) throw tooLarge();
    return new TextDecoder().decode(text);
  }
  if (stats.isFile() || stats.isDirectory()) return readText(path);
  throw refusal(`this is a device, and ${whatFor} is a file`);
}

/** The first bytes of what may have no end. */
function readUpTo(path: string, maximum: number): Uint8Array {
  const bytes = new Uint8Array(maximum);
  return withFile(path, (handle) => {
    let length = 0;
    for (let read = -1; read !== 0 && length < maximum; length += read) {
      read = readSync(handle, bytes, length, maximum - length, null);
    }
    return bytes.subarray(0, length);
  });
}
