import { refuse } from "../errors.js";

/** Asking for the machine's memory takes longer than to allocate so few bytes. */
const ALWAYS_FITS_BYTES = 2 ** 20;

/**
 * Bytes for what a file holds, all 0.
 * @param where how messages call the file.
 * @param about what does not fit, for the message, and what to do then.
 * @throws UserError when there are more than the machine's memory, or than one array can have.
 */
export function allocateBytes(
  length: number,
  where: string,
  about = { what: `its ${length} bytes`, remedy: "Split it into smaller files" },
): Uint8Array<ArrayBuffer> {
  try {
    // Systems promise memory that they do not have, and end the process that uses it.
    if (length > ALWAYS_FITS_BYTES && length > memoryBytes()) throw new RangeError("more than the memory");
    return new Uint8Array(length);
  } catch (error) {
    refuse(where, `${about.what} do not fit into memory`, about.remedy, error);
  }
}

/**
 * What a process here can have at most: the machine's, or less in a container; in a browser nobody knows. Node's module is asked for
 * without an import, so that what draws data bundles for a browser.
 */
export function memoryBytes(): number {
  const node: typeof process | undefined = globalThis.process;
  if (!node?.getBuiltinModule) return Number.POSITIVE_INFINITY;
  const { totalmem } = node.getBuiltinModule("node:os");
  return Math.min(totalmem(), node.constrainedMemory() || Number.POSITIVE_INFINITY);
}
