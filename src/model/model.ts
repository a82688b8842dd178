import type { z } from "zod";
import type { Scope } from "../nn/scope.js";
import { add, multiply, square, subtract } from "../tensor/operations/elementwise.js";
import { reshape } from "../tensor/operations/layout.js";
import { mean, sumOver } from "../tensor/operations/reduce.js";
import { sizeOf } from "../tensor/shape.js";
import { named, type Tensor } from "../tensor/tensor.js";
import { channels } from "./channels/index.js";
import { decoders } from "./decoders/index.js";
import { encoders } from "./encoders/index.js";
import { createHead, type Head, type Task } from "./heads/index.js";
import { likelihoods } from "./likelihoods/index.js";
import { marginals } from "./marginals/index.js";
import { objectives } from "./objectives/index.js";
import type { ImageShape, Likelihood, Objective, ScheduleProgress, Transmission } from "./parts.js";
import type { modelSchema } from "./schema.js";

/** Settings of a model as validated. */
export type ModelSettings = z.output<typeof modelSchema>;

/** What a head made of a batch. */
export interface HeadPass {
  /** Mean loss in nats, before any weight. */
  readonly loss: Tensor;
  /** [B, outputs], before any squashing. */
  readonly outputs: Tensor;
}

/** One pass of a batch through the whole model, as tensors. */
export interface Pass {
  readonly transmission: Transmission;
  /** Reconstructed pixel values [B, pixels]. */
  readonly reconstruction: Tensor;
  /** The scalar to minimise. */
  readonly loss: Tensor;
  /** Means over the batch, as scalars: what the loop logs. */
  readonly metrics: PassMetrics;
  /** By the name of the head. */
  readonly heads: Readonly<Record<string, HeadPass>>;
}

/** Scalars of a batch, in a fixed order; the same names stand in metrics files. */
export const METRIC_NAMES = ["loss", "distortion", "squaredErrorPerPixel", "rateNats"] as const;
export type MetricName = (typeof METRIC_NAMES)[number];
export type PassMetrics = Readonly<Record<MetricName, Tensor>>;

/** Parts put together: x -> encoder -> channel -> z -> decoder -> likelihood, priced by a marginal, judged by an objective. */
export interface Model {
  readonly imageShape: ImageShape;
  readonly codeDimensions: number;
  readonly likelihood: Likelihood;
  readonly objective: Objective;
  /** Classifiers on the sampled code; trained with everything else. */
  readonly heads: readonly Head[];
  /** Images [B, height, width, channels] -> a noisy code and its rate. */
  encode(scope: Scope, images: Tensor): Transmission;
  /** Codes [B, D] -> pixel values [B, height, width, channels]. */
  decode(scope: Scope, code: Tensor): Tensor;
  /** The whole pass with its loss. */
  run(scope: Scope, images: Tensor, phase: "training" | "evaluation"): Pass;
  /** Codes from the marginal [count, D]. */
  sampleMarginal(scope: Scope, count: number): Tensor;
  /** The numbers of every scalar the model asks for, at a point of training. */
  scalars(progress: ScheduleProgress): Record<string, number>;
}

/** Name of the batch's field that holds a head's targets. */
export function targetField(head: Head): string {
  return `targets.${head.name}`;
}

/**
 * A model of validated settings for images of a shape.
 * @param tasks what each head has to tell apart in the data, by the head's name.
 */
export function createModel(
  settings: ModelSettings,
  imageShape: ImageShape,
  tasks: ReadonlyMap<string, Task> = new Map(),
): Model {
  const encoder = encoders.make(settings.encoder);
  const channel = channels.make(settings.channel);
  const marginal = marginals.make(settings.marginal);
  const decoder = decoders.make(settings.decoder);
  const likelihood = likelihoods.make(settings.likelihood);
  const objective = objectives.make(settings.objective);
  const heads = settings.heads.map((head) => {
    const task = tasks.get(head.name);
    if (!task) throw new Error(`no task was given for the head ${head.name}`);
    return createHead(head, task);
  });
  const encode = (scope: Scope, images: Tensor) =>
    channel.transmit(scope.in("channel"), encoder.encode(scope.in("encoder"), images), marginal);
  const decodeRaw = (scope: Scope, code: Tensor) => decoder.decode(scope.in("decoder"), code, imageShape);
  return {
    imageShape,
    codeDimensions: channel.dimensions,
    likelihood,
    objective,
    heads,
    encode,
    decode: (scope, code) =>
      reshape(likelihood.reconstruct(decodeRaw(scope, code)), [code.shape[0]!, ...imageShape]),
    sampleMarginal: (scope, count) => marginal.sample(scope.in("marginal"), count, channel.dimensions),
    run(scope, images, phase) {
      const transmission = encode(scope, images);
      const raw = decodeRaw(scope, transmission.code);
      const pixels = reshape(images, [images.shape[0]!, sizeOf(imageShape)]);
      const reconstruction = named(likelihood.reconstruct(raw), "reconstruction");
      const distortion = named(likelihood.distortion(raw, pixels), "distortion");
      const trade = { distortion, rateNats: transmission.rateNats };
      const traded = objective.loss(scope.in("objective"), trade, phase);
      const judged = heads.map((head) => {
        const own = scope.in("heads").in(head.name);
        const targets = scope.batch(targetField(head), [images.shape[0]!, head.outputs]);
        const pass = head.judge(own, transmission.code, targets, phase);
        return { name: head.name, pass, share: head.share(own, pass.loss) };
      });
      const loss = named(
        judged.reduce((total, { share }) => add(total, share), traded),
        "loss",
      );
      const error = sumOver(square(subtract(reconstruction, pixels)), [1]);
      return {
        transmission,
        reconstruction,
        loss,
        metrics: {
          loss,
          distortion: mean(distortion),
          squaredErrorPerPixel: multiply(mean(error), 1 / sizeOf(imageShape)),
          rateNats: mean(transmission.rateNats),
        },
        heads: Object.fromEntries(judged.map(({ name, pass }) => [name, pass])),
      };
    },
    scalars: (progress) =>
      Object.fromEntries([
        ...Object.entries(objective.scalars(progress)).map(
          ([name, value]) => [`objective.${name}`, value] as const,
        ),
        ...heads.map((head) => [`heads.${head.name}.weight`, head.weight(progress)] as const),
      ]),
  };
}
