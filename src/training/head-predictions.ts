import type { ImageTable } from "../data/dataset.js";
import type { Head } from "../model/heads/index.js";
import { type ClassScores, classScores } from "../model/heads/scores.js";

/** Predictions of the heads for a table, row by row, scored against the true classes. */
export function headPredictions(heads: readonly Head[], { labels, labelNames, count }: ImageTable) {
  const all = heads.map((head) => ({ head, predicted: new Uint32Array(count) }));
  const width = labelNames.length;
  return {
    /** Takes the outputs of the heads for some rows, [rows, outputs] each. */
    add(rows: Uint32Array, outputs: Readonly<Record<string, Float32Array>>): void {
      for (const { head, predicted } of all) {
        rows.forEach((row, i) => {
          predicted[row] = head.predict(outputs[head.name]!, i);
        });
      }
    },
    /** Scores of every head over the whole table. */
    scores(): Record<string, ClassScores> {
      const entries = all.map(({ head: { name, task }, predicted }) => {
        const classOf = (_: unknown, row: number) =>
          task.classOf(labels!.subarray(row * width, (row + 1) * width));
        const truth = Uint32Array.from({ length: count }, classOf);
        return [name, classScores(predicted, truth, task.classes.length)] as const;
      });
      return Object.fromEntries(entries);
    },
  };
}
