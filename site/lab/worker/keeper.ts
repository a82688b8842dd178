import type { SavedTraining } from "./saved.js";

/** Keeps copies of a training for the next time, one after the other; nothing waits for the disk. */
export class Keeper {
  readonly #save: (training: SavedTraining) => Promise<void>;
  readonly #refuse: (what: string) => void;
  #isSaving = false;
  /** A copy that was due while another was written. */
  #next: (() => void) | undefined;

  /** @param refuse Called with what is wrong where the browser keeps nothing. */
  constructor(save: (training: SavedTraining) => Promise<void>, refuse: (what: string) => void) {
    this.#save = save;
    this.#refuse = refuse;
  }

  /** @param again Called, where another copy is being written, once that is done. */
  keep(training: SavedTraining, again: () => void): void {
    if (this.#isSaving) {
      this.#next = again;
      return;
    }
    this.#isSaving = true;
    this.#save(training)
      .catch((error: unknown) => {
        // Private windows may have no database: the training continues, and is gone with the page.
        this.#refuse(
          `This browser keeps no copy of the training (${String(error)}): download it before you close the page.`,
        );
      })
      .finally(() => {
        this.#isSaving = false;
        const next = this.#next;
        this.#next = undefined;
        next?.();
      });
  }
}
