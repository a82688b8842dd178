import { refuse } from "../../errors.js";
import type { OpenTable } from "./table.js";

type Growable = Uint8Array | Float64Array;

/** A typed array that grows by half again, or to what the caller expects to need in all, whichever is more. */
export class GrowingArray<Data extends Growable> {
  /** The numbers so far, and room beyond them; a new array after every growth. */
  data: Data;
  readonly #make: (length: number) => Data;
  readonly #where: string;

  /** @param where named in the error when memory does not suffice. */
  constructor(make: (length: number) => Data, where: string) {
    this.#make = make;
    this.#where = where;
    this.data = make(0);
  }

  /**
   * Makes room for `needed` numbers.
   * @param expected the expected length at the end.
   * @throws UserError when memory does not suffice.
   */
  reserve(needed: number, expected: number): Data {
    if (needed > this.data.length) {
      this.#move(Math.max(needed, Math.ceil(expected), Math.ceil(1.5 * this.data.length)));
    }
    return this.data;
  }

  /** The first `length` numbers, without the room beyond them. */
  finish(length: number): Data {
    if (length !== this.data.length) this.#move(length);
    return this.data;
  }

  #move(length: number): void {
    const old = this.data;
    try {
      this.data = this.#make(length);
    } catch (error) {
      refuse(this.#where, `${length} numbers do not fit into memory`, "Use a file with fewer rows", error);
    }
    this.data.set(old.length > length ? old.subarray(0, length) : old);
  }
}

const LINE_FEED = 10;

/** Blocks of a table with the lines so far and those expected in all, so that a large file needs no second growth. */
export function* withLineCounts({ blocks, size }: Pick<OpenTable, "blocks" | "size">) {
  let lines = 0;
  let bytes = 0;
  for (const block of blocks) {
    bytes += block.length;
    for (let i = block.indexOf(LINE_FEED); i >= 0; i = block.indexOf(LINE_FEED, i + 1)) lines += 1;
    yield { block, lines, expected: (1.01 * lines * size) / bytes };
  }
}
