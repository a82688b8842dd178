import { orderedBatches } from "../data/batches.js";
import { bytesPerImage, type ImageTable } from "../data/dataset.js";
import type { ClassScores } from "../model/heads/scores.js";
import type { ScheduleProgress } from "../model/parts.js";
import { Answers } from "./answers.js";
import { addBatch, type BatchMetrics, emptySums, means } from "./metric-sums.js";
import type { Trainer } from "./trainer.js";

/** Means over a data set, with the aim they are judged by. */
export interface Evaluation extends BatchMetrics {
  readonly rateBits: number;
  readonly squaredErrorPerImage: number;
  /** The target C at this point of training; undefined where the objective aims at none. */
  readonly targetRateNats: number | undefined;
  /** rate - C in nats. */
  readonly gapNats: number | undefined;
  readonly images: number;
  /** Batches it took. */
  readonly batches: number;
  /** How well each head answers. */
  readonly tasks: Readonly<Record<string, ClassScores>>;
}

/** A gap beyond this many nats is worth a warning. */
export const GAP_WARNING_NATS = 1;

/** Evaluates the present parameters on every image of a table, each seen once through one noise sample (rule R3). */
export async function evaluateTable(
  trainer: Trainer,
  table: ImageTable,
  batchSize: number,
  progress: ScheduleProgress,
  onBatch?: (done: number, of: number) => void,
): Promise<Evaluation> {
  const batches = orderedBatches(table.count, batchSize);
  const total = emptySums();
  const answers = new Answers(trainer.model.heads, table);
  for (let batch = 0; batch < batches.batchCount; batch++) {
    const rows = batches.at(batch);
    const { metrics, headOutputs } = await trainer.evaluate(table, rows, batch, progress);
    addBatch(total, metrics, rows.length);
    answers.add(rows, headOutputs);
    onBatch?.(batch + 1, batches.batchCount);
  }
  const mean = means(total);
  const targetRateNats = trainer.model.objective.targetRateNats(progress);
  return {
    ...mean,
    squaredErrorPerImage: mean.squaredErrorPerPixel * bytesPerImage(table),
    rateBits: mean.rateNats / Math.LN2,
    targetRateNats,
    gapNats: targetRateNats === undefined ? undefined : mean.rateNats - targetRateNats,
    images: table.count,
    batches: batches.batchCount,
    tasks: answers.scores(),
  };
}
