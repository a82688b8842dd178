/** Things that take a while, one after the other in the order in which they asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for those before. The next waits until the turn that is returned ends. */
  async take(): Promise<Turn> {
    const before = this.#last;
    let end = () => {};
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return new Turn(this, end);
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = await this.take();
    try {
      return await work();
    } finally {
      turn.end();
    }
  }
}

/** What has its turn now. */
export class Turn {
  readonly #turns: Turns;
  #end: () => void;

  constructor(turns: Turns, end: () => void) {
    this.#turns = turns;
    this.#end = end;
  }

  end(): void {
    this.#end();
  }

  /** Lets others have theirs while something is waited for, and waits for them. */
  async lendWhile(waiting: Promise<void>): Promise<void> {
    this.end();
    await waiting;
    const next = await this.#turns.take();
    this.#end = () => next.end();
  }
}
