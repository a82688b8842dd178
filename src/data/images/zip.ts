import { crc32 } from "node:zlib";
import { type Unzipped, unzipSync } from "fflate";
import { UserError } from "../../errors.js";
import { zipChecksums } from "../arrays/zip-checksum.js";

/**
 * The names in a zip archive, folders among them (they end in a slash); nothing is unpacked.
 * @param where how messages call the archive.
 * @throws UserError for a file that is no zip archive, or a truncated one.
 */
export function zipNames(bytes: Uint8Array, where: string): string[] {
  const names: string[] = [];
  unzip(bytes, where, (name) => {
    names.push(name);
    return false;
  });
  return names;
}

/**
 * Unpacks some files of a zip archive and verifies their checksums.
 * @param wants the names to unpack.
 * @param where how messages call the archive.
 * @throws UserError for a file that is no zip archive, and for a truncated or damaged one.
 */
export function unzipFiles(
  bytes: Uint8Array,
  wants: (name: string) => boolean,
  where: string,
): Map<string, Uint8Array> {
  const files = new Map(Object.entries(unzip(bytes, where, wants)));
  const promised = zipChecksums(bytes);
  for (const [name, content] of files) {
    if (promised.get(name) === crc32(content)) continue;
    throw new UserError({
      where: `${where}:${name}`,
      what: "its checksum does not fit: the archive is damaged",
      remedy: "Copy or download it again",
    });
  }
  return files;
}

function unzip(bytes: Uint8Array, where: string, wants: (name: string) => boolean): Unzipped {
  try {
    return unzipSync(bytes, { filter: ({ name }) => wants(name) });
  } catch (error) {
    throw new UserError({
      where,
      what: `this is not a whole zip archive (${error instanceof Error ? error.message : String(error)})`,
      remedy: "It is truncated, damaged or another kind of file: copy or download it again",
      cause: error,
    });
  }
}
