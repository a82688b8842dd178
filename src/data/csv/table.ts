import { notesOfEncoding } from "./encoding.js";
import { openLineBlocks } from "./line-blocks.js";
import { type CsvLook, type LookOptions, lookAt, type Note } from "./look.js";
import { type CsvSource, nameOfSource } from "./options.js";
import { refuseEmptyFile } from "./refusals.js";

const LINE_FEED = 10;
/** The beginning that is looked at: this number of bytes, or of lines if these are longer. */
const LOOKED_AT_BYTES = 1 << 16;
const LOOKED_AT_LINES = 3;

/** A table whose beginning has been looked at. */
export interface OpenTable {
  readonly where: string;
  readonly look: CsvLook;
  /** What was inferred from the file's bytes and its beginning. */
  readonly notes: readonly Note[];
  /** Bytes of the whole file. */
  readonly size: number;
  /** UTF-8 in whole lines from the first row behind the header; each block is valid until the next is asked for. */
  readonly blocks: Generator<Uint8Array>;
}

/**
 * The door for every CSV file: opens it, looks at its beginning (rule D9), lets it be used, and closes it.
 * @throws UserError when it cannot be read, is no text, holds no rows, or can be read in two ways.
 */
export function withTable<Result>(
  source: CsvSource,
  options: Omit<LookOptions, "where">,
  use: (table: OpenTable) => Result,
): Result {
  const where = nameOfSource(source);
  const { encoding, size, blocks } = openLineBlocks(source);
  try {
    const first = blocks.next();
    if (first.done) refuseEmptyFile(where);
    const look = lookAt(beginningOf(first.value), { ...options, where });
    return use({
      where,
      look,
      notes: [...notesOfEncoding(encoding), ...look.notes],
      size,
      blocks: behind(first.value, look.firstLine, blocks),
    });
  } finally {
    blocks.return(undefined);
  }
}

function beginningOf(block: Uint8Array): string {
  let end = block.indexOf(LINE_FEED, LOOKED_AT_BYTES - 1) + 1 || block.length;
  let third = 0;
  for (let line = 0; line < LOOKED_AT_LINES && third < block.length; line++) {
    third = block.indexOf(LINE_FEED, third) + 1 || block.length;
  }
  end = Math.max(end, third);
  return new TextDecoder().decode(block.subarray(0, end));
}

function* behind(first: Uint8Array, line: number, others: Generator<Uint8Array>): Generator<Uint8Array> {
  let start = 0;
  for (let passed = 1; passed < line; passed++) start = first.indexOf(LINE_FEED, start) + 1;
  yield first.subarray(start);
  yield* others;
}
