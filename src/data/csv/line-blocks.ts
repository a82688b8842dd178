import { closeSync, openSync, readSync, statSync } from "node:fs";
import { refuse } from "../../errors.js";
import { inFileSystem } from "../../files/system-errors.js";
import { asUtf8, type Encoding, encodingOf } from "./encoding.js";
import { type CsvSource, nameOfSource } from "./options.js";

const LINE_FEED = 10;
const BLOCK_BYTES = 1 << 20;
const LONGEST_LINE_BYTES = 1 << 26;

/** A text file in blocks of whole lines. */
export interface LineBlocks {
  readonly encoding: Encoding;
  /** Bytes of the whole file, whatever its encoding. */
  readonly size: number;
  /** UTF-8, each block ending in a line feed; views of one buffer: each is valid until the next is asked for. */
  readonly blocks: Generator<Uint8Array>;
}

/**
 * Opens a text file to be read in blocks of whole lines, never holding more than a block (1 MB, or the longest line).
 * A line feed is added where the file's last line has none. The file is closed when the blocks are.
 * @throws UserError when the file cannot be read, is no text, or has a line of more than 64 MB.
 */
export function openLineBlocks(source: CsvSource): LineBlocks {
  const where = nameOfSource(source);
  const pieces = piecesOf(source);
  try {
    const start = pieces.next().value ?? new Uint8Array(0);
    const encoding = encodingOf(start, where);
    const text = asUtf8(behind(start.subarray(encoding.mark), pieces), encoding, where);
    const size =
      typeof source === "string" ? inFileSystem(source, () => statSync(source).size) : source.bytes.length;
    return { encoding, size, blocks: lineBlocks(text, where) };
  } catch (error) {
    pieces.return(undefined);
    throw error;
  }
}

/** The bytes of a source in pieces of 1 MB, each valid until the next is asked for; a file is open until they end. */
function* piecesOf(source: CsvSource): Generator<Uint8Array, undefined> {
  if (typeof source !== "string") {
    for (let at = 0; at < source.bytes.length; at += BLOCK_BYTES) {
      yield source.bytes.subarray(at, at + BLOCK_BYTES);
    }
    return;
  }
  const file = inFileSystem(source, () => openSync(source, "r"));
  try {
    const buffer = new Uint8Array(BLOCK_BYTES);
    for (let length = BLOCK_BYTES; length === BLOCK_BYTES; ) {
      length = 0;
      for (let read = -1; read !== 0 && length < BLOCK_BYTES; length += read) {
        read = inFileSystem(source, () => readSync(file, buffer, length, BLOCK_BYTES - length, null));
      }
      yield buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

function* behind(first: Uint8Array, others: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield first;
  yield* others;
}

function* lineBlocks(pieces: Iterable<Uint8Array>, where: string): Generator<Uint8Array> {
  let buffer: Uint8Array = new Uint8Array(0);
  let held = 0;
  for (const piece of pieces) {
    if (held > LONGEST_LINE_BYTES) {
      refuse(where, `a line is longer than ${LONGEST_LINE_BYTES >> 20} MB`, "Check that this is a CSV file");
    }
    // One byte stays free for the line feed that the last line may lack.
    if (held + piece.length >= buffer.length) {
      const larger = new Uint8Array(Math.max(2 * buffer.length, held + piece.length + 1));
      larger.set(buffer.subarray(0, held));
      buffer = larger;
    }
    buffer.set(piece, held);
    // What was held before has no line feed.
    const lastLineFeed = piece.lastIndexOf(LINE_FEED);
    const end = held + lastLineFeed + 1;
    held += piece.length;
    if (lastLineFeed < 0) continue;
    yield buffer.subarray(0, end);
    buffer.copyWithin(0, end, held);
    held -= end;
  }
  if (held > 0) {
    buffer[held] = LINE_FEED;
    yield buffer.subarray(0, held + 1);
  }
}
