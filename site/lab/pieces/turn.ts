/** Who trains on a page: one at a time. */
export class Turn {
  #stop: (() => void) | undefined;

  /** Begins: whoever trained until now is stopped. @param stop Stops the one that begins; the same function while it has its turn. */
  take(stop: () => void): void {
    if (this.#stop === stop) return;
    const before = this.#stop;
    this.#stop = stop;
    before?.();
  }

  /** Ends a turn; one that is over already stays so. */
  leave(stop: () => void): void {
    if (this.#stop === stop) this.#stop = undefined;
  }
}
