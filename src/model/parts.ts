import type { AdamSettings } from "../nn/adam.js";
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
  /** Codes [B, D] -> one number per pixel and channel [B, height * width * channels], before the likelihood's squashing. */
  decode(scope: Scope, code: Tensor, imageShape: ImageShape): Tensor;
}

/** How a rate was arrived at: exactly, as an upper bound of the mutual information, or by sampling. */
export type RateEstimator = "exact" | "upper-bound" | "monte-carlo";

/** What a rate is of the mutual information of image and code, and how it was arrived at (rules R1, R2 and R4). */
export const RATE_ESTIMATORS: Readonly<Record<RateEstimator, { readonly is: string; readonly by: string }>> =
  {
    exact: { is: "exact", by: "the mutual information itself, rule R4" },
    "upper-bound": { is: "upper bound", by: "divergence from the marginal in closed form, rule R1" },
    "monte-carlo": {
      is: "upper bound by Monte Carlo",
      by: "log q(z|x) - log m(z) at one sample an image, rule R2",
    },
  };

/** Normal distributions with independent dimensions, one for each image. */
export interface Gaussian {
  /** [B, D]. */
  readonly mean: Tensor;
  /** [B, D]. */
  readonly logVariance: Tensor;
}

/** What comes out of a channel. */
export interface Transmission {
  /** The code's centre for each image [B, D]: what the geometry is measured on. */
  readonly mean: Tensor;
  /** One sample of the code for each image [B, D]: what the decoder and the heads see. */
  readonly code: Tensor;
  /** Nats sent through each dimension for each image [B, D], summing to the rate; undefined where dimensions cannot be separated. */
  readonly dimensionRateNats: Tensor | undefined;
  /** Nats sent for each image [B]. */
  readonly rateNats: Tensor;
  readonly rateEstimator: RateEstimator;
  /**
   * The posterior q(z|x) where it has a density: of the code, or of what an invertible map makes into the code, which tells
   * as much about the image.
   */
  readonly posterior: Gaussian | undefined;
}

/** What a pass is made for; the exported encoder has no other images to take noise from. */
export type Phase = "training" | "evaluation" | "export";

/** The narrow channel: features -> a noisy code, and what that costs. */
export interface Channel {
  /** Dimensions of the code, D. */
  readonly dimensions: number;
  /** Fewest nats that it can send, whatever it learns; 0 for most. */
  readonly minRateNats: number;
  /** Images that a batch must hold for the noise to be whole; 1 where images do not meet in the channel. */
  readonly minBatch: number;
  /** Whether the noise of an image is made of the other images of its batch. */
  readonly mixesImages: boolean;
  transmit(scope: Scope, features: Tensor, price: Price, phase: Phase): Transmission;
  /** The posterior alone, without noise, for marginals that are made of posteriors; where there is one. */
  posterior?(scope: Scope, features: Tensor): Gaussian;
  /** Codes [count, D] of draws from a marginal of the code or of the base; where a marginal is what codes are drawn from. */
  drawCode?(scope: Scope, drawn: Tensor, prices: Marginal["prices"]): Tensor;
}

/** A marginal as a channel sees it: what the code is priced by. */
export interface Price {
  /** log m(z) in nats for codes [B, D] -> [B]. */
  logDensity(code: Tensor): Tensor;
  /** As {@link Marginal.divergenceFromGaussian}. */
  divergenceFromGaussian?(mean: Tensor, logVariance: Tensor): Tensor;
  /** As {@link Marginal.prices}. */
  readonly prices: Marginal["prices"];
}

/** What a marginal may look at besides the code. */
export interface MarginalView {
  readonly imageShape: ImageShape;
  /** Mean training image, [height * width * channels]; all 0.5 where the data are not known. */
  readonly meanImage: Float32Array;
  /**
   * The posteriors of images [K, height, width, channels], through the model's own encoder and channel.
   * @throws UserError when the channel has no posterior with a density.
   */
  posteriorOf(images: Tensor): Gaussian;
}

/** The distribution m(z) that a code is priced against. */
export interface Marginal {
  /**
   * Whether it is a distribution of the `code`, or of the `base`, what a flow in the channel begins with: then it is evaluated
   * there, and as the flow keeps volumes the rate is the same.
   */
  readonly prices: "code" | "base";
  /** log m(z) in nats for codes [B, D] -> [B]. */
  logDensity(scope: Scope, code: Tensor, view: MarginalView): Tensor;
  /** D(N(mean, e^logVariance) || m) in nats by dimension, [B, D], where a closed form is known. */
  divergenceFromGaussian?(mean: Tensor, logVariance: Tensor): Tensor;
  /** A sample [count, D], from noise of the scope: of the code, or of the base where that is what it prices. */
  sample(scope: Scope, count: number, dimensions: number, view: MarginalView): Tensor;
}

/** Means over images of each pixel's value and of its square, [pixels] each. */
export interface PixelMoments {
  /** [height * width * channels], the mean value of each pixel. */
  readonly mean: Float64Array;
  /** The same of its square. */
  readonly meanSquare: Float64Array;
}

/** What a reconstruction is worth: the decoder's output against the image. */
export interface Likelihood {
  /** Unit of the distortion, for tables and axes. */
  readonly distortionUnit: string;
  /** Whether the distortion is -log p(x|z) in nats, so that rate + distortion is the negative ELBO. */
  readonly isNegativeLogLikelihood: boolean;
  /** Decoder's output and images [B, pixels] -> distortion of each image [B]. */
  distortion(output: Tensor, images: Tensor): Tensor;
  /** Decoder's output -> pixel values in the images' own range. */
  reconstruct(output: Tensor): Tensor;
  /** The decoder's output that is reconstructed as a pixel value, or as one near to it where none is. */
  outputFor(pixel: number): number;
  /** Mean distortion where every image is reconstructed as the mean of all (rule L9). */
  distortionOfMean(moments: PixelMoments): number;
  /** For each pixel w, the distortion near the mean image being the sum of w (y - x)^2 over pixels, about (rule L10). */
  errorWeights(moments: PixelMoments): Float64Array;
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
  /** Steps that shares of the planned ones are taken of (rule S12); those of the whole training by default. */
  readonly scheduledSteps?: number | undefined;
  /** Evaluation batches of `metricBatchSize` images before this step. */
  readonly evaluations: number;
}

/** What an objective may look at besides the trade. */
export interface ObjectiveView {
  /** Mean distortion of an image where the code says nothing and every image is taken for the mean of all (rule L9). */
  readonly distortionWithoutCode: number;
  /** What the first nat saves at most, about, in the distortion's unit: above it no nat pays (rule L10). */
  readonly criticalPricePerNat: number;
  /** D. */
  readonly codeDimensions: number;
}

/** A setting of a part and its value, for messages. */
export interface SettingValue {
  /** Dotted path in a configuration. */
  readonly key: string;
  readonly value: number;
}

/** What is minimised. */
export interface Objective {
  /** The scalar to minimise. Numbers that change by the step are asked for as scalars of the scope. */
  loss(scope: Scope, trade: Trade, phase: "training" | "evaluation", view: ObjectiveView): Tensor;
  /** What a nat costs in the end, in the distortion's unit; for an objective with a target, a nat away from it. */
  pricePerNat(view: ObjectiveView): number;
  /** The setting with this price of a nat. */
  settingForPrice(pricePerNat: number): SettingValue;
  /** The share of its price that what is asked of the code costs at a step, regularizers too; where it changes. */
  warmth?(scope: Scope): Tensor;
  /** The scalars asked for, by their name in the scope. */
  scalars(progress: ScheduleProgress): Readonly<Record<string, number>>;
  /** The rate aimed at, in nats, at a point of training; undefined where the objective aims at none. */
  targetRateNats(progress: ScheduleProgress): number | undefined;
  /** The rate aimed at in the end. */
  readonly finalTargetRateNats: number | undefined;
}

/** What is asked of a code besides its rate and its distortion. */
export interface Regularizer {
  /** What is added to the loss, as a scalar, for codes [B, D]. */
  penalty(scope: Scope, code: Tensor): Tensor;
  /** A network that learns at the same time to do what the penalty needs, by a loss of its own. */
  readonly adversary?: Adversary;
}

/** A network trained together with the model: its parameters follow only its own loss, the model's follow the model's. */
export interface Adversary {
  /** Its loss for codes [B, D], as a scalar; its parameters are those asked for in this scope. */
  loss(scope: Scope, code: Tensor): Tensor;
  readonly optimizer: AdamSettings;
  readonly learningRate: number;
}
