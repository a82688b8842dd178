/** Room at the beginning of the memory, where the kernel spreads out single numbers. */
const RESERVED = 8;
/** Numbers that an inner loop may write beyond the last. */
const BEYOND = 3;

/** Hands out the numbers of one memory, and takes them back: what is no longer needed makes room for what comes. */
export class MemoryPlan {
  /** Numbers in use at the most, those in between included. */
  size = RESERVED;
  /** What is free, by where it begins, in order. */
  #free: { at: number; size: number }[] = [];

  /** The smallest piece that is large enough. @returns where it begins: a multiple of four numbers. */
  take(count: number): number {
    const size = roomFor(count);
    const fits = this.#free.filter((piece) => piece.size >= size);
    if (fits.length === 0) {
      const at = this.size;
      this.size += size;
      return at;
    }
    const piece = fits.reduce((best, one) => (one.size < best.size ? one : best));
    const { at } = piece;
    piece.at += size;
    piece.size -= size;
    this.#free = this.#free.filter(({ size: left }) => left > 0);
    return at;
  }

  /** Gives back what {@link take} gave for this number of numbers. */
  release(at: number, count: number): void {
    const pieces = [...this.#free, { at, size: roomFor(count) }].sort((a, b) => a.at - b.at);
    this.#free = [];
    for (const piece of pieces) {
      const before = this.#free.at(-1);
      if (before && before.at + before.size === piece.at) before.size += piece.size;
      else this.#free.push(piece);
    }
  }
}

function roomFor(count: number): number {
  return Math.ceil((count + BEYOND) / 4) * 4;
}
