/**
 * The one reader of zip archives: `.npz`, checkpoints of PyTorch, archives of images. Of an archive from a stranger nothing is believed:
 * files that overlap, that unpack to other sizes than the directory says, or whose checksums do not fit are refused, and so is an
 * archive that unpacks to very much more than itself.
 */
import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import { refuse } from "../errors.js";
import { declaredLimit, inflate, refuseNotUnpacked, requireUsualSize } from "./inflate.js";
import { type ByteSource, type ByteStream, joined, streamOf } from "./source.js";
import { readZipDirectory, refuseNotWhole, type ZipEntry } from "./zip-directory.js";

export type { ZipEntry } from "./zip-directory.js";

/** An archive whose directory has been read. */
export interface ZipArchive {
  /** In the directory's order; folders are among them, and a name may come twice. */
  readonly entries: readonly ZipEntry[];
  /** The entry of that name, the last where there are several. */
  find(name: string): ZipEntry | undefined;
  /**
   * A file's whole content, verified.
   * @throws UserError when it is damaged, encrypted, or packed in a way that is not read.
   */
  read(entry: ZipEntry): Uint8Array;
  /** As {@link ZipArchive.read}, a piece at a time; what is wrong may be found after the last piece only. */
  stream(entry: ZipEntry): ByteStream;
}

export interface ZipOptions {
  /** Takes a checksum of 0 for none: PyTorch writes it where its user has switched checksums off. */
  readonly zeroIsNoChecksum?: boolean;
}

const STORED = 0;
const DEFLATED = 8;
const METHOD_NAMES: Readonly<Record<number, string>> = {
  1: "Shrink",
  6: "Implode",
  9: "Deflate64",
  12: "bzip2",
  14: "LZMA",
  93: "Zstandard",
  95: "XZ",
  99: "AES encryption",
};
const FILE_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** Longer files are unpacked in pieces when they are streamed. */
const WHOLE_BYTES = 2 ** 26;
/** Packed bytes unpacked at a time: few of what unpacks to many times as much, as a run of zeros becomes a thousand times as long. */
const PACKED_PIECES = { many: 2 ** 16, few: 2 ** 12 };
const MUCH_EXPANSION = 16;

/**
 * Reads the directory of a zip archive; nothing is unpacked yet.
 * @throws UserError when it is no zip archive, truncated or damaged, when its files overlap, or unpack to very much more than it.
 */
export function openZip(source: ByteSource, options: ZipOptions = {}): ZipArchive {
  const { where } = source;
  const entries = readZipDirectory(source);
  const unpackedBytes = entries.reduce((sum, { size, method }) => sum + (method === STORED ? 0 : size), 0);
  requireUsualSize(unpackedBytes, source.size, where);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const stream = (entry: ZipEntry): ByteStream => {
    const place = `${where}:${entry.name}`;
    return {
      where: place,
      size: entry.size,
      pieces: { [Symbol.iterator]: () => verified(source, entry, place, options) },
    };
  };
  return { entries, find: (name) => byName.get(name), stream, read: (entry) => joined(stream(entry)) };
}

/** The pieces of a file, whose size and checksum are compared with the directory's. */
function* verified(
  source: ByteSource,
  entry: ZipEntry,
  where: string,
  { zeroIsNoChecksum = false }: ZipOptions,
): Generator<Uint8Array> {
  let checksum = 0;
  let size = 0;
  for (const piece of unpack(source, entry, where)) {
    checksum = crc32(piece, checksum);
    size += piece.length;
    if (size > entry.size) break;
    yield piece;
  }
  const trusted = zeroIsNoChecksum && entry.crc32 === 0;
  if (size === entry.size && (trusted || checksum === entry.crc32)) return;
  refuse(
    where,
    `its ${size === entry.size ? "checksum" : "length"} does not fit: the archive is damaged`,
    "Copy, download or save it again",
  );
}

function* unpack(source: ByteSource, entry: ZipEntry, where: string): Generator<Uint8Array> {
  const start = findContent(source, entry, where);
  const end = start + entry.packedSize;
  if (entry.method === STORED) yield* streamOf(source, start, end).pieces;
  else if (entry.size <= WHOLE_BYTES) {
    yield inflate(source.read(start, entry.packedSize), "raw", where, declaredLimit(entry.size));
  } else {
    const produced: Uint8Array[] = [];
    const stream = new Inflate((piece) => produced.push(piece));
    const pieceBytes = PACKED_PIECES[entry.size > MUCH_EXPANSION * entry.packedSize ? "few" : "many"];
    for (const packed of streamOf(source, start, end).pieces) {
      for (let at = 0; at < packed.length; at += pieceBytes) {
        try {
          stream.push(packed.subarray(at, at + pieceBytes));
        } catch (error) {
          refuseNotUnpacked(error, where);
        }
        yield* produced.splice(0);
      }
    }
  }
}

/** Where a file's bytes begin. Its own header stands before them, and says its name once more. */
function findContent(source: ByteSource, entry: ZipEntry, where: string): number {
  refuseUnreadable(entry, where);
  const header = source.read(entry.offset, LOCAL_BYTES);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const nameBytes = view.getUint16(26, true);
  const start = entry.offset + LOCAL_BYTES + nameBytes + view.getUint16(28, true);
  const isFile = view.getUint32(0, true) === FILE_SIGNATURE && nameBytes === entry.rawName.length;
  if (!isFile || start + entry.packedSize > entry.end) {
    refuseNotWhole(where, "the file is not in its place");
  }
  const name = source.read(entry.offset + LOCAL_BYTES, nameBytes);
  if (name.some((byte, k) => byte !== entry.rawName[k])) refuseNotWhole(where, "the file has another name");
  return start;
}

function refuseUnreadable({ method, encrypted, size, packedSize }: ZipEntry, where: string): void {
  if (encrypted) {
    refuse(where, "it is encrypted", "Unpack the archive with its password, and pack it again without one");
  }
  if (method === DEFLATED || (method === STORED && size === packedSize)) return;
  if (method === STORED) refuseNotWhole(where, "the file has two lengths");
  refuse(
    where,
    `it is packed with ${METHOD_NAMES[method] ?? `method ${method}`}, which is not read`,
    "Pack the archive again with Deflate, as most programs do",
  );
}
