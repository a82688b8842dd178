import type { Progress } from "../nn/schedules.js";
import type { Scope } from "../nn/scope.js";
import type { Tensor } from "../tensor/tensor.js";

// What each part of a model answers for. The loop, the evaluation and the exports know these interfaces and no names.

/** Rows, columns and channels of an image. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** x -> features. */
export interface Encoder {
  /** Images [B, height, width, channels] -> features [B, F]. */
  encode(scope: Scope, images: Tensor): Tensor;
}

/** z -> what the likelihood needs for each pixel. */
export interface Decoder {
  /** Codes [B, D] -> one number a pixel and channel [B, height * width * channels], before the likelihood's squashing. */
  decode(scope: Scope, code: Tensor, imageShape: ImageShape): Tensor;
}

/** How a rate was arrived at: exactly, as an upper bound of the mutual information, or by sampling. */
export type RateEstimator = "exact" | "upper-bound" | "monte-carlo";

/** What comes out of a channel. */
export interface Transmission {
  /** The code's centre for each image [B, D]: what the geometry is measured on. */
  readonly mean: Tensor;
  /** One sample of the code for each image [B, D]: what the decoder and the heads see. */
  readonly code: Tensor;
  /** Nats sent through each dimension for each image [B, D], summing to the rate; undefined where they cannot be told apart. */
  readonly dimensionRateNats: Tensor | undefined;
  /** Nats sent for each image [B]. */
  readonly rateNats: Tensor;
  readonly rateEstimator: RateEstimator;
}

/** The narrow channel: features -> a noisy code, and what that costs. */
export interface Channel {
  /** Dimensions of the code, D. */
  readonly dimensions: number;
  transmit(scope: Scope, features: Tensor, marginal: Marginal): Transmission;
}

/** The distribution m(z) that a code is priced against. */
export interface Marginal {
  /** log m(z) in nats for codes [B, D] -> [B]. */
  logDensity(scope: Scope, code: Tensor): Tensor;
  /** D(N(mean, e^logVariance) || m) in nats by dimension, [B, D], where a closed form is known. */
  divergenceFromGaussian?(mean: Tensor, logVariance: Tensor): Tensor;
  /** A sample [count, D], from noise of the scope. */
  sample(scope: Scope, count: number, dimensions: number): Tensor;
}

/** What a reconstruction is worth: the decoder's output against the image. */
export interface Likelihood {
  /** Unit of the distortion, for tables and axes. */
  readonly distortionUnit: string;
  /** Decoder's output and images [B, pixels] -> distortion of each image [B]. */
  distortion(output: Tensor, images: Tensor): Tensor;
  /** Decoder's output -> pixel values in the images' own range. */
  reconstruct(output: Tensor): Tensor;
}

/** The two sides of the trade, for each image of a batch. */
export interface Trade {
  /** Distortion of each image [B], in the likelihood's unit. */
  readonly distortion: Tensor;
  /** Rate of each image [B], in nats. */
  readonly rateNats: Tensor;
}

/** Where training stands, for what changes with it. */
export interface ScheduleProgress extends Progress {
  /** Evaluation batches seen before this step. */
  readonly evaluations: number;
}

/** What is minimised. */
export interface Objective {
  /** The scalar to minimise. Numbers that change by the step are asked for as scalars of the scope. */
  loss(scope: Scope, trade: Trade, phase: "training" | "evaluation"): Tensor;
  /** The scalars asked for, by their name in the scope. */
  scalars(progress: ScheduleProgress): Readonly<Record<string, number>>;
  /** The rate aimed at, in nats, at a point of training; undefined where the objective aims at none. */
  targetRateNats(progress: ScheduleProgress): number | undefined;
  /** The rate aimed at in the end. */
  readonly finalTargetRateNats: number | undefined;
}
