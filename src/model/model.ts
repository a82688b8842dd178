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
import { createHeads, type Task } from "./heads/index.js";
import { headScalars, judgeHeads } from "./heads/judge.js";
import { likelihoods } from "./likelihoods/index.js";
import { marginals } from "./marginals/index.js";
import { objectives } from "./objectives/index.js";
import type { ImageShape, Likelihood, Objective, Transmission } from "./parts.js";
import type { modelSchema } from "./schema.js";
import type { Measures, MetricName, Trainable, TrainablePass } from "./trainable.js";

/** Settings of an autoencoder as validated. */
export type ModelSettings = z.output<typeof modelSchema>;

/** One pass of a batch through the whole model, as tensors. */
export interface Pass extends TrainablePass {
  readonly transmission: Transmission;
  /** Reconstructed pixel values [B, pixels]. */
  readonly reconstruction: Tensor;
  readonly metrics: PassMetrics;
}

/** Scalars of a batch, in a fixed order. */
const METRIC_NAMES: readonly MetricName[] = ["loss", "distortion", "squaredErrorPerPixel", "rateNats"];
/** An autoencoder measures them all. */
export type PassMetrics = Required<Measures<Tensor>>;

/** An autoencoder, parts put together: x -> encoder -> channel -> z -> decoder -> likelihood, priced by a marginal, judged by an objective. */
export interface Model extends Trainable {
  readonly codeDimensions: number;
  readonly likelihood: Likelihood;
  readonly objective: Objective;
  /** Images [B, height, width, channels] -> a noisy code and its rate. */
  encode(scope: Scope, images: Tensor): Transmission;
  /** Codes [B, D] -> pixel values [B, height, width, channels]. */
  decode(scope: Scope, code: Tensor): Tensor;
  /** The whole pass with its loss. */
  run(scope: Scope, images: Tensor, phase: "training" | "evaluation"): Pass;
  /** Codes from the marginal [count, D]. */
  sampleMarginal(scope: Scope, count: number): Tensor;
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
  // On the sampled code, and trained with everything else.
  const heads = createHeads(settings.heads, tasks);
  const encode = (scope: Scope, images: Tensor) =>
    channel.transmit(scope.in("channel"), encoder.encode(scope.in("encoder"), images), marginal);
  const decodeRaw = (scope: Scope, code: Tensor) => decoder.decode(scope.in("decoder"), code, imageShape);
  const decode = (scope: Scope, code: Tensor) =>
    reshape(likelihood.reconstruct(decodeRaw(scope, code)), [code.shape[0]!, ...imageShape]);
  return {
    about: "an autoencoder",
    imageShape,
    codeDimensions: channel.dimensions,
    likelihood,
    objective,
    metricNames: METRIC_NAMES,
    heads,
    parts: {
      encoder(scope) {
        const { mean, code, rateNats } = encode(scope, scope.batch("images", [1, ...imageShape]));
        return { mean, code, rateNats };
      },
      decoder: (scope) => ({ images: decode(scope, scope.batch("code", [1, channel.dimensions])) }),
    },
    encode,
    decode,
    sampleMarginal: (scope, count) => marginal.sample(scope.in("marginal"), count, channel.dimensions),
    run(scope, images, phase) {
      const transmission = encode(scope, images);
      const raw = decodeRaw(scope, transmission.code);
      const pixels = reshape(images, [images.shape[0]!, sizeOf(imageShape)]);
      const reconstruction = named(likelihood.reconstruct(raw), "reconstruction");
      const distortion = named(likelihood.distortion(raw, pixels), "distortion");
      const trade = { distortion, rateNats: transmission.rateNats };
      const traded = objective.loss(scope.in("objective"), trade, phase);
      const { passes, shares } = judgeHeads(heads, scope, transmission.code, phase);
      const loss = named(
        shares.reduce((total, share) => add(total, share), traded),
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
        heads: passes,
      };
    },
    scalars: (progress) =>
      Object.assign(
        Object.fromEntries(
          Object.entries(objective.scalars(progress)).map(([name, value]) => [`objective.${name}`, value]),
        ),
        headScalars(heads, progress),
      ),
    targetRateNats: (progress) => objective.targetRateNats(progress),
    finalTargetRateNats: objective.finalTargetRateNats,
  };
}
