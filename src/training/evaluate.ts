import { orderedBatches } from "../data/batches.js";
import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import type { ClassScores } from "../model/heads/scores.js";
import { isAutoencoder } from "../model/kinds.js";
import type { Model, PassMetrics } from "../model/model.js";
import type { RateEstimator, ScheduleProgress } from "../model/parts.js";
import type { Trainable } from "../model/trainable.js";
import { Answers } from "./answers.js";
import { addBatch, type BatchMetrics, emptySums, means } from "./metric-sums.js";
import type { Trainer } from "./trainer.js";

/** Means over a data set, as far as the model measures them, with the aim they are judged by. */
export type Evaluation = BatchMetrics & {
  readonly rateBits?: number;
  /** How the rate is arrived at, where there is one. */
  readonly rateEstimator?: RateEstimator;
  /** Rate + distortion, where the distortion is -log p(x|z) in nats: the negative ELBO. */
  readonly negativeElboNats?: number;
  readonly squaredErrorPerImage?: number;
  /** The target C at this point of training; undefined where the model aims at none. */
  readonly targetRateNats: number | undefined;
  /** rate - C in nats. */
  readonly gapNats: number | undefined;
  readonly images: number;
  /** Batches it took. */
  readonly batches: number;
  /** How well each head answers. */
  readonly tasks: Readonly<Record<string, ClassScores>>;
};

/** What an autoencoder's evaluation holds for certain. */
export type AutoencoderEvaluation = Evaluation & Record<keyof PassMetrics, number> & AutoencoderOnly;

interface AutoencoderOnly {
  readonly rateBits: number;
  readonly squaredErrorPerImage: number;
}

/** What is certain to be in an evaluation of a kind of model. */
export type EvaluationOf<Kind extends Trainable> = Kind extends Model ? AutoencoderEvaluation : Evaluation;

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
  const batches = orderedBatches(table.count, batchSize, trainer.model.leastBatch);
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
  const { squaredErrorPerPixel, rateNats } = mean;
  const targetRateNats = trainer.model.targetRateNats(progress);
  return {
    ...mean,
    ...(squaredErrorPerPixel !== undefined && {
      squaredErrorPerImage: squaredErrorPerPixel * valuesPerImage(table),
    }),
    ...(rateNats !== undefined && { rateBits: rateNats / Math.LN2 }),
    ...(isAutoencoder(trainer.model) && {
      rateEstimator: trainer.model.rateEstimator,
      ...(trainer.model.likelihood.isNegativeLogLikelihood && {
        negativeElboNats: mean.distortion! + mean.rateNats!,
      }),
    }),
    targetRateNats,
    gapNats: rateNats === undefined || targetRateNats === undefined ? undefined : rateNats - targetRateNats,
    images: table.count,
    batches: batches.batchCount,
    tasks: answers.scores(),
  };
}
