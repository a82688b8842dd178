import { closeSync, openSync, readSync } from "node:fs";

/** Section type and tag of the dynamic section of an ELF file, and the tag of a needed library (System V ABI). */
const DYNAMIC_SECTION = 6;
const NEEDED_TAG = 1n;
/** More than any library needs; a damaged file can ask for any size. */
const MAX_BYTES = 2 ** 24;

/**
 * The libraries that a 64-bit little-endian ELF file asks the loader for by name, such as `libcudart.so.13`; undefined where the file is
 * no such file. Only the headers and two tables are read: CUDA's libraries are of hundreds of megabytes.
 */
export function neededLibraries(path: string): string[] | undefined {
  const file = openSync(path, "r");
  try {
    const header = read(file, 0, 64);
    const isElf = header?.readUInt32BE(0) === 0x7f454c46 && header[4] === 2 && header[5] === 1;
    if (!header || !isElf) return undefined;
    const entrySize = header.readUInt16LE(58);
    const count = header.readUInt16LE(60);
    const sections = read(file, Number(header.readBigUInt64LE(40)), entrySize * count);
    if (!sections || entrySize < 64) return undefined;
    const section = (i: number) => {
      const at = sections.subarray(i * entrySize, (i + 1) * entrySize);
      const [start, size] = [Number(at.readBigUInt64LE(24)), Number(at.readBigUInt64LE(32))];
      return { type: at.readUInt32LE(4), link: at.readUInt32LE(40), start, size };
    };
    const all = Array.from({ length: count }, (_, i) => section(i));
    const dynamic = all.find(({ type }) => type === DYNAMIC_SECTION);
    const strings = dynamic && all[dynamic.link];
    const entries = dynamic && read(file, dynamic.start, dynamic.size);
    const names = strings && read(file, strings.start, strings.size);
    if (!entries || !names) return undefined;
    return neededNames(entries, names);
  } finally {
    closeSync(file);
  }
}

/** Names of the entries of a dynamic section, (tag, value) of 8 bytes each, that ask for a library. */
function neededNames(entries: Buffer, names: Buffer): string[] {
  const needed: string[] = [];
  for (let at = 0; at + 16 <= entries.length; at += 16) {
    if (entries.readBigInt64LE(at) !== NEEDED_TAG) continue;
    const start = Number(entries.readBigUInt64LE(at + 8));
    const end = names.indexOf(0, start);
    if (end > start) needed.push(names.toString("latin1", start, end));
  }
  return needed;
}

/** Bytes of a file; undefined if it has fewer. */
function read(file: number, start: number, size: number): Buffer | undefined {
  if (!Number.isSafeInteger(start) || size > MAX_BYTES) return undefined;
  const bytes = Buffer.alloc(size);
  return readSync(file, bytes, 0, size, start) === size ? bytes : undefined;
}
