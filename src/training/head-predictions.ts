import type { ImageTable } from "../data/dataset.js";
import type { Head } from "../model/heads/index.js";
import { type ClassScores, classScores } from "../model/heads/scores.js";

/** Predictions of the heads for a table, row by row, scored against the true classes. */
export class HeadPredictions {
  readonly #heads: readonly Head[];
  readonly #table: ImageTable;
  readonly #predicted: ReadonlyMap<string, Uint32Array>;

  constructor(heads: readonly Head[], table: ImageTable) {
    this.#heads = heads;
    this.#table = table;
    this.#predicted = new Map(heads.map(({ name }) => [name, new Uint32Array(table.count)]));
  }

  /** Takes the outputs of the heads for some rows, [rows, outputs] each. */
  add(rows: Uint32Array, outputs: Readonly<Record<string, Float32Array>>): void {
    for (const head of this.#heads) {
      const predicted = this.#predicted.get(head.name)!;
      rows.forEach((row, i) => {
        predicted[row] = head.predict(outputs[head.name]!, i);
      });
    }
  }

  /** Scores of every head over the whole table. */
  scores(): Record<string, ClassScores> {
    const { labels, labelNames, count } = this.#table;
    const width = labelNames.length;
    return Object.fromEntries(
      this.#heads.map(({ name, task }) => {
        const truth = Uint32Array.from({ length: count }, (_, row) =>
          task.classOf(labels!.subarray(row * width, (row + 1) * width)),
        );
        return [name, classScores(this.#predicted.get(name)!, truth, task.classes.length)];
      }),
    );
  }
}
