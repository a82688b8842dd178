/** How a training shares its thread: with messages, which come in between steps, and with what is measured on the way. */

/** Milliseconds of steps between two looks at the messages. */
const TURN_MS = 12;

/** Lets messages come in, and holds a training to so many steps a second. */
export class Pace {
  /** Steps a second at most. */
  limit: number | undefined;
  #turnEnds = 0;
  #nextStep = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #channel = new MessageChannel();

  constructor() {
    this.#channel.port1.onmessage = () => this.#waiting.shift()?.();
  }

  /** After each step: nothing, or a promise to wait for. */
  afterStep(now: number): Promise<void> | undefined {
    const { limit } = this;
    if (limit !== undefined) {
      this.#nextStep = Math.max(this.#nextStep + 1000 / limit, now);
      const wait = this.#nextStep - now;
      if (wait > 1) return new Promise((resume) => setTimeout(resume, wait));
    }
    if (now < this.#turnEnds) return undefined;
    return this.turn();
  }

  /** Behind the messages that are waiting now; a timer would lose milliseconds each time. */
  async turn(): Promise<void> {
    await new Promise<void>((resume) => {
      this.#waiting.push(resume);
      this.#channel.port2.postMessage(undefined);
    });
    this.#turnEnds = performance.now() + TURN_MS;
  }
}

/** Something that is done now and then, and takes at most a share of the time. */
export class Sometimes {
  readonly #everyMs: number;
  readonly #share: number;
  #next = 0;

  constructor(everyMs: number, share: number) {
    this.#everyMs = everyMs;
    this.#share = share;
  }

  /** Does it, if it is time. */
  async ifDue(work: () => Promise<void>): Promise<void> {
    const begin = performance.now();
    if (begin < this.#next) return;
    await work();
    const end = performance.now();
    this.#next = Math.max(begin + this.#everyMs, end + (end - begin) / this.#share);
  }
}

/** Steps a second over the last moments. */
export class Speedometer {
  readonly #marks: { readonly time: number; readonly step: number }[] = [];

  mark(time: number, step: number): void {
    const last = this.#marks.at(-1);
    if (last && time - last.time < 100) return;
    this.#marks.push({ time, step });
    while (this.#marks.length > 15) this.#marks.shift();
  }

  clear(): void {
    this.#marks.length = 0;
  }

  /** Undefined before two marks. */
  get stepsPerSecond(): number | undefined {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || last.time === first.time) return undefined;
    return (1000 * (last.step - first.step)) / (last.time - first.time);
  }
}
