import { crc32, deflateRawSync } from "node:zlib";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { decodeNpz, encodeNpy, encodeNpz } from "../../src/data/arrays/index.js";
import { openNpz } from "../../src/data/arrays/npz.js";
import { readNpzRows } from "../../src/data/arrays/npz-rows.js";
import { bytesSource, fileSource } from "../../src/files/source.js";
import { openZip } from "../../src/files/zip.js";
import { folderWith, refusal } from "../data/files.js";

const content = Uint8Array.from({ length: 300 }, (_, k) => k % 5);
const open = (bytes: Uint8Array) => openZip(bytesSource(bytes, "a.zip"));
const readAll = (bytes: Uint8Array) => {
  const archive = open(bytes);
  return archive.entries.map((entry) => [entry.name, archive.read(entry)] as const);
};

/** A file of a hand-made archive, and what its headers say of it. */
interface Part {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly size: number;
  readonly crc: number;
  readonly method?: number;
  readonly flags?: number;
  /** Where the directory says that it lies; by default where it does. */
  readonly offset?: number;
}

/** An archive written by hand, in zip64 where asked: sizes, offsets and counts in their wide places. */
function archiveOf(parts: readonly Part[], { wide = false, before = 0 } = {}): Uint8Array {
  const bytes: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, packed, size, crc, method = 8, flags = 0, offset = at } of parts) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    bytes.push(local, Buffer.from(name), Buffer.from(packed));
    const entry = Buffer.alloc(46);
    const extra = Buffer.alloc(wide ? 28 : 0);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(wide ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(wide ? 0xffffffff : size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(wide ? 0xffffffff : offset, 42);
    if (wide) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      [size, packed.length, offset].forEach((value, k) => {
        extra.writeBigUInt64LE(BigInt(value), 4 + 8 * k);
      });
    }
    entries.push(entry, Buffer.from(name), extra);
    at += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(entries);
  const end64 = Buffer.alloc(wide ? 76 : 0);
  if (wide) {
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(BigInt(parts.length), 32);
    end64.writeBigUInt64LE(BigInt(directory.length), 40);
    end64.writeBigUInt64LE(BigInt(at), 48);
    end64.writeUInt32LE(0x07064b50, 56);
    end64.writeBigUInt64LE(BigInt(at + directory.length), 64);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : parts.length, 10);
  end.writeUInt32LE(wide ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(wide ? 0xffffffff : at, 16);
  return new Uint8Array(Buffer.concat([Buffer.alloc(before), ...bytes, directory, end64, end]));
}

const deflated = (name: string, bytes: Uint8Array = content): Part => ({
  name,
  packed: deflateRawSync(bytes),
  size: bytes.length,
  crc: crc32(bytes),
});

test("archives of others: stored and deflated, in zip64, with bytes before them, with a comment behind", () => {
  const expected = [["a", content] as const];
  expect(readAll(zipSync({ a: content }))).toEqual(expected);
  expect(readAll(zipSync({ a: content }, { level: 0 }))).toEqual(expected);
  expect(readAll(archiveOf([deflated("a")], { wide: true }))).toEqual(expected);
  for (const wide of [false, true]) {
    expect(readAll(archiveOf([deflated("a")], { wide, before: 1000 }))).toEqual(expected);
  }
  expect(readAll(new Uint8Array([...zipSync({ a: content }), ...new Uint8Array(500)]))).toEqual(expected);
});

test("names in any language, and folders, come as they are; nothing is read of what is not asked", () => {
  const archive = open(zipSync({ "Größe/": new Uint8Array(0), "Größe/猫.png": content }));
  expect(archive.entries.map(({ name, size }) => [name, size])).toEqual([
    ["Größe/", 0],
    ["Größe/猫.png", 300],
  ]);
  const damaged = zipSync({ good: content, bad: content }, { level: 0 });
  damaged[damaged.length >> 1]! ^= 1;
  const half = open(damaged);
  expect(half.read(half.find("good")!)).toEqual(content);
  expect(refusal(() => half.read(half.find("bad")!))).toMatch(/^a\.zip:bad: .*checksum does not fit/);
});

test("C6: of two arrays of one name the last is read, as NumPy does", () => {
  const array = (value: number) => ({ shape: [1], data: Float64Array.of(value) });
  const twice = archiveOf(
    [1, 2].map((value) => deflated("a.npy", encodeNpy(array(value)))),
    { before: 40 },
  );
  expect(decodeNpz(twice, "a", "a.npz")).toEqual(array(2));
  expect(decodeNpz(twice, undefined, "a.npz")).toEqual(array(2));
});

test("B2: files that overlap are refused before anything is unpacked", () => {
  const one = deflated("a", new Uint8Array(2 ** 20));
  const nested = archiveOf([one, { ...one, offset: 0 }, { ...one, offset: 0 }]);
  expect(refusal(() => open(nested))).toBe(
    'a.zip: this is not a whole zip archive ("a" reaches into what follows it). It is truncated, damaged or another kind of file: copy, download or save it again.',
  );
});

test("B2: no more is unpacked than the directory says, and that not above the limit", () => {
  const zeros = new Uint8Array(2 ** 22);
  const bomb = deflated("a", zeros);
  expect(refusal(() => readAll(archiveOf([{ ...bomb, size: 1000 }])))).toMatch(
    /^a\.zip:a: it would unpack to more than 1000 bytes, which is what its header says\. It is damaged/,
  );
  expect(refusal(() => readAll(archiveOf([{ ...bomb, size: 2 ** 22 + 1 }])))).toMatch(/length does not fit/);
  for (const wide of [false, true]) {
    expect(refusal(() => open(archiveOf([{ ...bomb, size: 2 ** 31 }], { wide })))).toMatch(
      /^a\.zip: it would unpack to 2147483648 bytes, which is more than 512 MiB and more than 200 times/,
    );
  }
  const many = Array.from({ length: 9 }, (_, k) => ({ ...deflated(`${k}`), size: 2 ** 26 }));
  expect(refusal(() => open(archiveOf(many)))).toMatch(/would unpack to 603979776 bytes/);
});

test("large files are unpacked in pieces: never more of them is held", () => {
  // More than is unpacked at once; few packed bytes, so that the test takes no time.
  const large = new Uint8Array(2 ** 26 + 5000);
  large[large.length - 1] = 7;
  const archive = open(archiveOf([deflated("a", large)]));
  let [size, longest, last] = [0, 0, 0];
  for (const piece of archive.stream(archive.entries[0]!).pieces) {
    size += piece.length;
    longest = Math.max(longest, piece.length);
    last = piece.at(-1) ?? last;
  }
  expect({ size, last }).toEqual({ size: large.length, last: 7 });
  expect(longest).toBeLessThan(2 ** 23);
});

test("rows of an array are read from a file in parts, and no more is asked for than is there", () => {
  const images = { shape: [50, 4], data: Uint8Array.from({ length: 200 }, (_, k) => k) };
  const bytes = encodeNpz({ imgs: images });
  const folder = folderWith({ "a.npz": bytes });
  const rows = Uint32Array.of(49, 0, 7);
  const found = readNpzRows(openNpz(fileSource(`${folder}/a.npz`)), "imgs", rows);
  expect([...found.data]).toEqual([196, 197, 198, 199, 0, 1, 2, 3, 28, 29, 30, 31]);
  let largest = 0;
  const source = bytesSource(bytes, "a.npz");
  const watched = {
    ...source,
    read: (offset: number, length: number) => {
      largest = Math.max(largest, length);
      return source.read(offset, length);
    },
  };
  readNpzRows(openNpz(watched), "imgs", rows);
  expect(largest).toBeLessThanOrEqual(bytes.length);
});

test("what is not read is named: encryption, other methods, archives in parts", () => {
  const part = deflated("a.png");
  expect(refusal(() => readAll(archiveOf([{ ...part, flags: 1 }])))).toMatch(
    /^a\.zip:a\.png: it is encrypted\./,
  );
  expect(refusal(() => readAll(archiveOf([{ ...part, method: 93 }])))).toBe(
    "a.zip:a.png: it is packed with Zstandard, which is not read. Pack the archive again with Deflate, as most programs do.",
  );
  expect(refusal(() => readAll(archiveOf([{ ...part, method: 200 }])))).toMatch(/packed with method 200/);
  const split = archiveOf([part]);
  split[split.length - 18] = 1;
  expect(refusal(() => open(split))).toMatch(/^a\.zip: it is one part of an archive of several/);
});

test("a file whose own header is another's is refused", () => {
  const bytes = archiveOf([deflated("a"), deflated("b")]);
  const { offset } = open(bytes).find("b")!;
  bytes[offset + 30] = "c".charCodeAt(0);
  const archive = open(bytes);
  expect(refusal(() => archive.read(archive.find("b")!))).toMatch(/the file has another name/);
});
