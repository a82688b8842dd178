import { refuse } from "../../errors.js";
import { type Fill, fillFrom, openBytes, takeStart } from "./bytes.js";
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
  const { fill, size, close } = openBytes(source);
  try {
    const start = takeStart(fill, Math.min(BLOCK_BYTES, Math.max(size, 1)));
    const encoding = encodingOf(start, where);
    const text = asUtf8(fillFrom(start.subarray(encoding.mark), fill), encoding, where);
    return { encoding, size, blocks: lineBlocks(text, where, close) };
  } catch (error) {
    close();
    throw error;
  }
}

function* lineBlocks(fill: Fill, where: string, close: () => void): Generator<Uint8Array> {
  try {
    let buffer: Uint8Array = new Uint8Array(BLOCK_BYTES);
    let held = 0;
    for (;;) {
      // One byte stays free for the line feed that the last line may lack.
      if (held >= buffer.length - 1) buffer = enlarge(buffer, held, where);
      const read = fill(buffer.subarray(held, buffer.length - 1));
      if (read === 0) break;
      // What was held before has no line feed.
      const end = held + buffer.subarray(held, held + read).lastIndexOf(LINE_FEED) + 1;
      const isWhole = end > held;
      held += read;
      if (!isWhole) continue;
      yield buffer.subarray(0, end);
      buffer.copyWithin(0, end, held);
      held -= end;
    }
    if (held > 0) {
      buffer[held] = LINE_FEED;
      yield buffer.subarray(0, held + 1);
    }
  } finally {
    close();
  }
}

function enlarge(buffer: Uint8Array, held: number, where: string): Uint8Array {
  if (held >= LONGEST_LINE_BYTES) {
    refuse(where, `a line is longer than ${LONGEST_LINE_BYTES >> 20} MB`, "Check that this is a CSV file");
  }
  const larger = new Uint8Array(2 * buffer.length);
  larger.set(buffer.subarray(0, held));
  return larger;
}
