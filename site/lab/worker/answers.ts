/** Questions to a worker that wait for their answers, by numbers that no other question has. */
export class Answers<Answer> {
  readonly #number: () => number;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (why: Error) => void }>();

  /** @param number Gives the number of the next question. */
  constructor(number: () => number) {
    this.#number = number;
  }

  /** @param send Asks under a number. */
  ask(send: (id: number) => void): Promise<Answer> {
    const id = this.#number();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(id);
    });
  }

  give(id: number, answer: Answer): void {
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  /** @returns whether it was asked here. */
  refuse(id: number, what: string): boolean {
    const waiting = this.#waiting.get(id);
    waiting?.reject(new Error(what));
    return this.#waiting.delete(id);
  }
}
