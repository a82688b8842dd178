import type { ImageTable } from "../../src/data/dataset.js";
import type { createModel } from "../../src/model/model.js";
import type { ImageShape, ScheduleProgress } from "../../src/model/parts.js";
import type { Device } from "../../src/onnx/devices.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { sizeOf } from "../../src/tensor/shape.js";
import type { Trainer } from "../../src/training/trainer.js";
import type { TrainingSettings } from "../networks.js";
import { median } from "../rounds.js";

/** What trains: of this checkout or of another one, in Node or in a browser. */
export interface Engine {
  readonly createModel: typeof createModel;
  readonly Trainer: typeof Trainer;
}

/** Training with the trainer that `narrows train` uses: feeding included, logging and checkpoints not. */
export interface Stepping {
  /** Numbers in the state's vector of parameters, statistics of batch normalisation included. */
  readonly parameters: number;
  /** One step; gives its loss. */
  step(): Promise<number>;
  release(): Promise<void>;
}

const BATCHES = 10;

/** Opens a training on noise: what is on the images does not change the time. */
export function openStepping(
  engine: Engine,
  device: Device,
  { model, optimizer, seed }: TrainingSettings,
  { imageShape, batchSize }: { readonly imageShape: ImageShape; readonly batchSize: number },
): Stepping {
  const images = noisyImages(BATCHES * batchSize, imageShape);
  const trainer = new engine.Trainer(engine.createModel(model, imageShape), device, { seed, optimizer });
  return {
    parameters: trainer.layout.size,
    async step() {
      const { step } = trainer.state;
      const first = (step % BATCHES) * batchSize;
      const rows = Uint32Array.from({ length: batchSize }, (_, i) => first + i);
      return (await trainer.step(images, rows, progressAt(step))).loss;
    },
    release: () => trainer.release(),
  };
}

/** What some steps took, each. */
export interface StepTimes {
  /** Of the median step. */
  readonly milliseconds: number;
  /** Processor time of all threads, user and system, the mean; undefined where the host does not tell. */
  readonly processorMilliseconds?: number | undefined;
  /** Of the last step. */
  readonly loss: number;
  /** Of each timed step. */
  readonly losses: readonly number[];
}

/**
 * Times steps one by one after some untimed ones. The median: on a machine that others use too a mean tells mostly of them.
 * @param processorTime of this process so far, in milliseconds.
 */
export async function timeSteps(
  { step }: Stepping,
  { steps, warmup }: { readonly steps: number; readonly warmup: number },
  processorTime?: () => number,
): Promise<StepTimes> {
  for (let i = 0; i < warmup; i++) await step();
  const times: number[] = [];
  const losses: number[] = [];
  const usedBefore = processorTime?.() ?? 0;
  for (let i = 0; i < steps; i++) {
    const begun = performance.now();
    losses.push(await step());
    times.push(performance.now() - begun);
  }
  const processorMilliseconds = processorTime && (processorTime() - usedBefore) / steps;
  return { milliseconds: median(times), processorMilliseconds, loss: losses.at(-1) ?? Number.NaN, losses };
}

/** A point of training, as the schedules see it. */
export function progressAt(step: number): ScheduleProgress {
  return { step, epoch: 0, totalSteps: 1_000_000, totalEpochs: 1000, evaluations: 0 };
}

/** Images of binary noise. */
function noisyImages(count: number, imageShape: ImageShape): ImageTable {
  const values = new PhiloxStream(0, "bench images").fillUniform(
    new Float32Array(count * sizeOf(imageShape)),
  );
  return {
    count,
    imageShape,
    images: Uint8Array.from(values, (value) => (value < 0.2 ? 1 : 0)),
    scale: 1,
    labels: undefined,
    labelNames: [],
  };
}
