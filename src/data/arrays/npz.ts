import { zipSync } from "fflate";
import { refuse } from "../../errors.js";
import { type ByteSource, type ByteStream, bytesSource } from "../../files/source.js";
import { openZip } from "../../files/zip.js";
import type { NumericArray } from "../../numeric-array.js";
import { encodeNpy, readNpy } from "./npy.js";

const SUFFIX = ".npy";
const MAX_KEYS_SHOWN = 20;

/** An archive of arrays, of which none is unpacked yet. */
export interface NpzArchive {
  /** The names of its arrays. */
  readonly keys: readonly string[];
  /**
   * The `.npy` file of an array; as NumPy does, the last where a name comes twice.
   * @param key may be undefined when the archive holds a single array.
   * @throws UserError when there is no such array (the names that it holds are given).
   */
  stream(key: string | undefined): ByteStream;
}

/**
 * Opens a `.npz` archive (a zip file of `.npy` files).
 * @throws UserError for a file that is no zip archive, is damaged or truncated.
 */
export function openNpz(source: ByteSource): NpzArchive {
  const { where } = source;
  const archive = openZip(source);
  const names = archive.entries.map(({ name }) => name).filter((name) => name.endsWith(SUFFIX));
  const keys = [...new Set(names)].map((name) => name.slice(0, -SUFFIX.length));
  return {
    keys,
    stream(key) {
      const wanted = key ?? (keys.length === 1 ? keys[0] : "");
      const entry = keys.includes(wanted) ? archive.find(wanted + SUFFIX) : undefined;
      if (!entry) refuseNoSuchArray(where, keys, key);
      return { ...archive.stream(entry), where: `${where}:${wanted}` };
    },
  };
}

/**
 * Reads one array of the bytes of a `.npz` archive; only that is unpacked, and its checksum is verified.
 * @param key name of the array; may be undefined where the archive holds a single one.
 * @param where how messages call the file.
 * @returns as `decodeNpy`.
 * @throws UserError when there is no such array (the names that it holds are given), when the archive is
 * damaged, and whatever `decodeNpy` refuses.
 */
export function decodeNpz(bytes: Uint8Array, key: string | undefined, where: string): NumericArray {
  return readNpy(openNpz(bytesSource(bytes, where)).stream(key));
}

/**
 * Writes arrays by name as a compressed `.npz` archive that numpy.load reads. The same arrays give the same
 * bytes.
 * @param arrays of any shapes and element types.
 * @returns the bytes of the file.
 * @throws UserError for data that do not fit the shape, with the array's name.
 */
export function encodeNpz(arrays: Readonly<Record<string, NumericArray>>): Uint8Array {
  const entries = Object.entries(arrays).map(
    ([key, array]) => [key + SUFFIX, encodeNpy(array, key)] as const,
  );
  return zipSync(Object.fromEntries(entries), { mtime: "1980-01-02T00:00:00" });
}

function refuseNoSuchArray(where: string, keys: readonly string[], key: string | undefined): never {
  const shown = keys.slice(0, MAX_KEYS_SHOWN).join(", ");
  const rest = keys.length > MAX_KEYS_SHOWN ? `, and ${keys.length - MAX_KEYS_SHOWN} more` : "";
  refuse(
    where,
    key ? `it holds no array named "${key}"` : "it does not say which array of the archive",
    keys.length
      ? `Write ${where}:KEY with KEY one of: ${shown}${rest}`
      : "Give an archive written by numpy.savez: this one holds no .npy file",
  );
}
