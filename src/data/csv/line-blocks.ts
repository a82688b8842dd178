import { closeSync, openSync, readSync } from "node:fs";
import { UserError } from "../../errors.js";
import { explainSystemError } from "../../files/atomic.js";

const LINE_FEED = 10;
const BLOCK_BYTES = 1 << 20;
const LONGEST_LINE_BYTES = 1 << 26;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Reads a text file in blocks of whole lines, never holding more than a block (1 MB, or the longest line).
 * Every block ends in a line feed; one is added where the file's last line has none. A byte order mark is dropped.
 * @returns views of one buffer: each is valid until the next is asked for.
 * @throws UserError when the file cannot be read, or has a line of more than 64 MB.
 */
export function* readLineBlocks(path: string): Generator<Uint8Array> {
  const file = attempt(path, () => openSync(path, "r"));
  try {
    let buffer: Uint8Array = new Uint8Array(BLOCK_BYTES);
    let held = 0;
    let first = true;
    for (;;) {
      // One byte stays free for the line feed that the last line may lack.
      if (held >= buffer.length - 1) buffer = enlarge(buffer, held, path);
      const read = attempt(path, () => readSync(file, buffer, held, buffer.length - 1 - held, null));
      if (read === 0) break;
      held += read;
      const end = buffer.lastIndexOf(LINE_FEED, held - 1) + 1;
      if (end === 0) continue;
      yield buffer.subarray(first ? markLength(buffer, end) : 0, end);
      first = false;
      buffer.copyWithin(0, end, held);
      held -= end;
    }
    if (held > 0) {
      buffer[held] = LINE_FEED;
      yield buffer.subarray(first ? markLength(buffer, held) : 0, held + 1);
    }
  } finally {
    closeSync(file);
  }
}

function enlarge(buffer: Uint8Array, held: number, path: string): Uint8Array {
  if (held >= LONGEST_LINE_BYTES) {
    throw new UserError({
      where: path,
      what: `a line is longer than ${LONGEST_LINE_BYTES >> 20} MB`,
      remedy: "Check that this is a CSV file",
    });
  }
  const larger = new Uint8Array(2 * buffer.length);
  larger.set(buffer.subarray(0, held));
  return larger;
}

function markLength(buffer: Uint8Array, held: number): number {
  const marked = held >= BYTE_ORDER_MARK.length && BYTE_ORDER_MARK.every((byte, i) => buffer[i] === byte);
  return marked ? BYTE_ORDER_MARK.length : 0;
}

function attempt<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw explainSystemError(error, path);
  }
}
