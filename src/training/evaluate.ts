import { mapValues } from "../collections.js";
import { drawnBatches, orderedBatches, placeRows } from "../data/batches.js";
import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import type { ClassScores } from "../model/heads/scores.js";
import { isAutoencoder } from "../model/kinds.js";
import { type AnyMetricName, METRIC_NAMES, type WorkedOutName } from "../model/metrics.js";
import type { Model, PassMetrics } from "../model/model.js";
import type { RateEstimator, ScheduleProgress } from "../model/parts.js";
import type { Trainable } from "../model/trainable.js";
import { USED_RATE_NATS } from "../model/used-rate.js";
import type { Buffers } from "../onnx/session.js";
import { sum } from "../statistics.js";
import { headPredictions } from "./head-predictions.js";
import { type BatchMetrics, headLossOutput } from "./metric-sums.js";
import { headOutput } from "./programs.js";
import type { Trainer } from "./trainer.js";

/** Means over a data set, as far as the model measures them, with the aim they are judged by. */
export type Evaluation = BatchMetrics & {
  readonly [Name in WorkedOutName]?: number | undefined;
} & {
  /** How the rate is arrived at, where there is one. */
  readonly rateEstimator?: RateEstimator;
  readonly images: number;
  /** Batches of {@link EvaluationSizes.metricBatchSize} images, the last one perhaps smaller. */
  readonly batches: number;
  /** How well each head answers. */
  readonly tasks: Readonly<Record<string, ClassScores>>;
};

/** What an autoencoder's evaluation holds for certain. */
export type AutoencoderEvaluation = Evaluation &
  Record<keyof PassMetrics | "rateBits" | "squaredErrorPerImage", number>;

/** What is certain to be in an evaluation of a kind of model. */
export type EvaluationOf<Kind extends Trainable> = Kind extends Model ? AutoencoderEvaluation : Evaluation;

/** How an evaluation goes through its images. */
export interface EvaluationSizes {
  /** Images that the model sees at a time; no number depends on it. (Where images meet in the channel: as below.) */
  readonly evaluationBatchSize: number;
  /** Images in a batch of what is measured of whole batches, and of what schedules count (rules R3 and S3). */
  readonly metricBatchSize: number;
}

/**
 * Evaluates the present parameters on every image of a table, each seen once through one noise sample that is
 * its own (rule R3). Sums over images are made in their order, in double precision.
 * @param table N images of the model's shape, with labels where the model has heads.
 * @param progress where training stands: the weights and targets that the loss is judged by.
 * @param onBatch hears after each batch how many of how many are done.
 * @param onImages hears what every image came to, by name, image after image: the measures whose means are returned, and of an
 * autoencoder the sampled `code`, [N, D], that they were taken of.
 * @returns means over images; rates in nats per image (`rateBits` in bits), distortions in the likelihood's
 * unit.
 * @throws UserError when there are no images.
 */
export async function evaluateTable(
  trainer: Trainer,
  table: ImageTable,
  sizes: EvaluationSizes,
  progress: ScheduleProgress,
  onBatch?: (done: number, of: number) => void,
  onImages?: (images: Buffers) => void,
): Promise<Evaluation> {
  const { model } = trainer;
  const { images, tasks } = await measureImages(trainer, table, sizes, progress, onBatch);
  onImages?.(images);
  const { judged, batches } = await judgeBatches(trainer, table.count, images, sizes, progress);
  const mean = (name: string) => judged[name] ?? sum(images[name]!) / table.count;
  const names = [...METRIC_NAMES, ...model.ownMetrics.map(({ name }) => name)];
  const measured = names.filter((name) => name in judged || name in images);
  const entries = measured.map((name) => [name, mean(name)] as const);
  const metrics: Partial<Record<AnyMetricName, number>> = Object.fromEntries(entries);
  const headLosses = model.heads.map(({ name }) => [name, mean(headLossOutput(name))] as const);
  const { squaredErrorPerPixel, rateNats, distortion } = metrics;
  const targetRateNats = model.targetRateNats(progress);
  return {
    loss: mean("loss"),
    ...metrics,
    headLosses: Object.fromEntries(headLosses),
    ...(squaredErrorPerPixel !== undefined && {
      squaredErrorPerImage: squaredErrorPerPixel * valuesPerImage(table),
    }),
    ...(rateNats !== undefined && { rateBits: rateNats / Math.LN2 }),
    ...(isAutoencoder(model) && {
      rateEstimator: model.rateEstimator,
      pricePerNat: model.objective.pricePerNat(model.objectiveView),
      distortionWithoutCode: model.objectiveView.distortionWithoutCode,
      ...(images.dimensionRateNats && {
        dimensionsInUse: inUse(images.dimensionRateNats, table.count, model),
      }),
      ...(model.likelihood.isNegativeLogLikelihood && { negativeElboNats: distortion! + rateNats! }),
    }),
    targetRateNats,
    gapNats: difference(rateNats, targetRateNats),
    capacityNats: model.finalTargetRateNats,
    capacityGapNats: difference(rateNats, model.finalTargetRateNats),
    images: table.count,
    batches,
    tasks,
  };
}

/** What every image of a table comes to, by name, image after image; and how well the heads answer. */
async function measureImages(
  { model, evaluator, parameters }: Trainer,
  table: ImageTable,
  { evaluationBatchSize, metricBatchSize }: EvaluationSizes,
  progress: ScheduleProgress,
  onBatch?: (done: number, of: number) => void,
): Promise<{ images: Buffers; tasks: Evaluation["tasks"] }> {
  const { mixesImages, minBatch, heads } = model;
  const batchSize = mixesImages ? metricBatchSize : evaluationBatchSize;
  const batches = (mixesImages ? drawnBatches : orderedBatches)(table.count, batchSize, minBatch);
  const predictions = headPredictions(heads, table);
  const images: Record<string, Float32Array> = {};
  for (let batch = 0; batch < batches.batchCount; batch++) {
    const rows = batches.at(batch);
    const noise = mixesImages ? batch : { rows, rowsPerStep: metricBatchSize };
    const made = await evaluator.measure(parameters, table, rows, noise, progress);
    predictions.add(rows, Object.fromEntries(heads.map(({ name }) => [name, made[headOutput(name)]!])));
    for (const [name, values] of Object.entries(made)) {
      if (heads.some((head) => headOutput(head.name) === name)) continue;
      const width = values.length / rows.length;
      images[name] ??= new Float32Array(table.count * width);
      placeRows(values, rows, images[name]);
    }
    onBatch?.(batch + 1, batches.batchCount);
  }
  return { images, tasks: predictions.scores() };
}

/** Means of what batches come to together, weighted by their images; and how many batches there are. */
async function judgeBatches(
  { model, evaluator, parameters }: Trainer,
  count: number,
  images: Buffers,
  { metricBatchSize }: EvaluationSizes,
  progress: ScheduleProgress,
): Promise<{ judged: Record<string, number>; batches: number }> {
  const { batchCount, at } = orderedBatches(count, metricBatchSize, model.minBatch);
  const sums: Record<string, number> = {};
  for (let batch = 0; batch < batchCount; batch++) {
    const rows = at(batch);
    const fill = (name: string, into: Float32Array) => {
      const width = into.length / rows.length;
      into.set(images[name]!.subarray(rows[0]! * width, (rows[0]! + rows.length) * width));
    };
    const made = await evaluator.judge(parameters, rows.length, batch, fill, progress);
    for (const [name, value] of Object.entries(made)) sums[name] = (sums[name] ?? 0) + value * rows.length;
  }
  return { judged: mapValues(sums, (total) => total / count), batches: batchCount };
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

/** Dimensions whose mean rate over [count, D] exceeds the minimum that the channel can send by more than the threshold. */
function inUse(rates: Float32Array, count: number, { codeDimensions, channel }: Model): number {
  const minimum = channel.minRateNats / codeDimensions + USED_RATE_NATS;
  return Array.from({ length: codeDimensions }, (_, dimension) => {
    let total = 0;
    for (let row = 0; row < count; row++) total += rates[row * codeDimensions + dimension]!;
    return total / count;
  }).filter((rate) => rate >= minimum).length;
}
