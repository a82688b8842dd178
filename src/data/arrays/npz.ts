import { type Unzipped, unzipSync, zipSync } from "fflate";
import { UserError } from "../../errors.js";
import type { NumericArray } from "../../numeric-array.js";
import { decodeNpy, encodeNpy } from "./npy.js";
import { checksumFits } from "./zip-checksum.js";

const SUFFIX = ".npy";
const MOST_KEYS_SHOWN = 20;

/**
 * Reads one array of a `.npz` archive (a zip file of `.npy` files); only that entry is unpacked, and its checksum is
 * verified.
 * @param key the array's name; may be undefined when the archive holds a single array.
 * @param where how messages call the file.
 * @throws UserError for a file that is no zip archive, is damaged or truncated, or holds no such array (the names it
 * holds are given), and whatever `decodeNpy` refuses.
 */
export function decodeNpz(bytes: Uint8Array, key: string | undefined, where: string): NumericArray {
  const keys: string[] = [];
  // A first pass over the directory alone: nothing is unpacked.
  unpack(bytes, where, (name) => {
    if (name.endsWith(SUFFIX)) keys.push(name.slice(0, -SUFFIX.length));
    return false;
  });
  const wanted = key ?? (keys.length === 1 ? keys[0] : "");
  if (!keys.includes(wanted)) {
    const shown = keys.slice(0, MOST_KEYS_SHOWN).join(", ");
    const rest = keys.length > MOST_KEYS_SHOWN ? `, and ${keys.length - MOST_KEYS_SHOWN} more` : "";
    throw new UserError({
      where,
      what: key ? `it holds no array named "${key}"` : "it does not say which array of the archive",
      remedy: keys.length
        ? `Write ${where}:KEY with KEY one of: ${shown}${rest}`
        : "Give an archive written by numpy.savez: this one holds no .npy file",
    });
  }
  const entry = unpack(bytes, where, (name) => name === wanted + SUFFIX)[wanted + SUFFIX];
  if (!checksumFits(bytes, wanted + SUFFIX, entry)) {
    throw new UserError({
      where: `${where}:${wanted}`,
      what: "its checksum does not fit: the archive is damaged",
      remedy: "Copy or save it again",
    });
  }
  return decodeNpy(entry, `${where}:${wanted}`);
}

/** Writes arrays by name as a compressed `.npz` archive that numpy.load reads. The same arrays give the same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NumericArray>>): Uint8Array {
  const entries = Object.entries(arrays).map(([key, array]) => [key + SUFFIX, encodeNpy(array)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: "1980-01-02T00:00:00" });
}

function unpack(bytes: Uint8Array, where: string, wants: (name: string) => boolean): Unzipped {
  try {
    return unzipSync(bytes, { filter: ({ name }) => wants(name) });
  } catch (error) {
    throw new UserError({
      where,
      what: `this is not a whole .npz archive (${error instanceof Error ? error.message : String(error)})`,
      remedy: "It is truncated, damaged or another kind of file: copy it, or save it with numpy.savez, again",
      cause: error,
    });
  }
}
