import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { refuse } from "../errors.js";
import { allocateBytes } from "./memory.js";
import { inFileSystem } from "./system-errors.js";

/** Bytes that can be read in any order and in parts: those of a file, however large, or some in memory. */
export interface ByteSource {
  /** How messages call it. */
  readonly where: string;
  readonly size: number;
  /**
   * Some of the bytes, a view or a copy.
   * @throws UserError when the source ends before, or the file cannot be read.
   */
  read(offset: number, length: number): Uint8Array;
}

/** Bytes that come in their order, some at a time. */
export interface ByteStream {
  /** How messages call it. */
  readonly where: string;
  /** How many come in all. */
  readonly size: number;
  readonly pieces: Iterable<Uint8Array>;
}

/** Bytes that one call of the system reads. */
const LONGEST_READ = 2 ** 30;
const PIECE_BYTES = 2 ** 22;

/** Bytes in memory as a source. */
export function bytesSource(bytes: Uint8Array, where: string): ByteSource {
  return {
    where,
    size: bytes.length,
    read(offset, length) {
      if (offset + length > bytes.length) refuseTooShort(where);
      return bytes.subarray(offset, offset + length);
    },
  };
}

/**
 * A file as a source. It is opened for each read, so that nothing stays open.
 * @throws UserError when it cannot be read.
 */
export function fileSource(path: string): ByteSource {
  return {
    where: path,
    size: withFile(path, (handle) => fstatSync(handle).size),
    read: (offset, length) =>
      withFile(path, (handle) => {
        const bytes = allocateBytes(length, path);
        for (let done = 0; done < length; ) {
          const count = readSync(handle, bytes, done, Math.min(length - done, LONGEST_READ), offset + done);
          if (count === 0) refuseTooShort(path);
          done += count;
        }
        return bytes;
      }),
  };
}

/** A part of a source from its beginning to its end. */
export function streamOf(source: ByteSource, start = 0, end = source.size): ByteStream {
  return {
    where: source.where,
    size: end - start,
    pieces: {
      *[Symbol.iterator]() {
        for (let at = start; at < end; at += PIECE_BYTES) {
          yield source.read(at, Math.min(PIECE_BYTES, end - at));
        }
      },
    },
  };
}

/** All the bytes of a stream as one array; a single piece is not copied. */
export function joined({ where, size, pieces }: ByteStream): Uint8Array {
  let whole: Uint8Array | undefined;
  let filled = 0;
  for (const piece of pieces) {
    if (filled === 0 && piece.length === size) whole = piece;
    else {
      whole ??= allocateBytes(size, where);
      whole.set(piece, filled);
    }
    filled += piece.length;
  }
  return whole ?? new Uint8Array(0);
}

/**
 * Opens a file, lets it be read, and closes it.
 * @throws UserError when the system reports an error.
 */
export function withFile<T>(path: string, work: (handle: number) => T): T {
  return inFileSystem(path, () => {
    const handle = openSync(path, "r");
    try {
      return work(handle);
    } finally {
      closeSync(handle);
    }
  });
}

function refuseTooShort(where: string): never {
  refuse(where, "it ends before its content does", "It is truncated: copy, download or save it again");
}
