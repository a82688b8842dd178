import type { z } from "zod";
import { UserError } from "../errors.js";
import { initialisationOf } from "../nn/initialise.js";
import { Scope } from "../nn/scope.js";
import { once } from "../once.js";
import { add, multiply, square, subtract } from "../tensor/operations/elementwise.js";
import { reshape } from "../tensor/operations/layout.js";
import { sumOver } from "../tensor/operations/reduce.js";
import { sizeOf } from "../tensor/shape.js";
import { named, type Tensor } from "../tensor/tensor.js";
import { ofShape } from "./check-shapes.js";
import { autoencoderParts, sampledEncoder } from "./exported-parts.js";
import { createHeads } from "./heads/index.js";
import { headScalars, judgeHeads, weighHeads } from "./heads/judge.js";
import type { ModelData } from "./model-data.js";
import { measureOwn } from "./own-metric.js";
import type { PartKind } from "./part.js";
import type {
  Channel,
  ImageShape,
  Likelihood,
  MarginalView,
  Objective,
  ObjectiveView,
  Phase,
  PixelMoments,
  Price,
  RateEstimator,
  Transmission,
} from "./parts.js";
import { judgeRegularity, regularity } from "./regularizers/judge.js";
import type { ModelSchemas } from "./schema.js";
import { partsWith } from "./slots.js";
import {
  CAUSE_MEANS_FIELD,
  type ImagesPass,
  type Measures,
  type Trainable,
  type TrainablePass,
  wholePass,
} from "./trainable.js";

/** Settings of an autoencoder as validated. */
export type ModelSettings = z.output<ModelSchemas["autoencoder"]>;

/** What an autoencoder makes of each image of a batch, as tensors. */
export interface SentImages extends ImagesPass {
  readonly transmission: Transmission;
  /** Reconstructed pixel values [B, pixels]. */
  readonly reconstruction: Tensor;
  readonly measures: ImagesPass["measures"] & Readonly<Record<AlwaysMeasured, Tensor>>;
}

/** One pass of a batch through the whole model, as tensors. */
export type Pass = SentImages & Omit<TrainablePass, "metrics"> & { readonly metrics: PassMetrics };

/** What every autoencoder measures of each image. */
type AlwaysMeasured = "distortion" | "squaredErrorPerPixel" | "rateNats";
/** The scalars of a batch that every autoencoder measures, and what else this one does. */
export type PassMetrics = Measures<Tensor> & Readonly<Record<AlwaysMeasured, Tensor>>;

/** An autoencoder, parts put together: x -> encoder -> channel -> z -> decoder -> likelihood, priced by a marginal, judged by an objective. */
export interface Model extends Trainable {
  readonly codeDimensions: number;
  readonly channel: Channel;
  /** How its rate is arrived at. */
  readonly rateEstimator: RateEstimator;
  readonly likelihood: Likelihood;
  readonly objective: Objective;
  /** What its objective sees of the data. */
  readonly objectiveView: ObjectiveView;
  /** Images [B, height, width, channels] -> a noisy code and its rate. */
  encode(scope: Scope, images: Tensor, phase?: Phase): Transmission;
  /** Codes [B, D] -> pixel values [B, height, width, channels]. */
  decode(scope: Scope, code: Tensor): Tensor;
  measure(scope: Scope, images: Tensor, phase: "training" | "evaluation"): SentImages;
  /** The whole pass with its loss. */
  run(scope: Scope, images: Tensor, phase: "training" | "evaluation"): Pass;
  /**
   * Codes from the marginal [count, D].
   * @throws UserError when the channel has none of its own to draw from.
   */
  sampleMarginal(scope: Scope, count: number): Tensor;
}

/**
 * An autoencoder of validated settings for images of a shape. Nothing is computed: its methods build
 * programs.
 * @param settings as `modelSchema` gives them.
 * @param view what it takes from the data, and parts of one's own.
 * @throws UserError for a part that there is not.
 */
export function createModel(
  settings: ModelSettings,
  imageShape: ImageShape,
  {
    tasks = new Map(),
    hasCauses = false,
    meanImage,
    pixelMoments,
    largestVariance,
    parts: own = [],
  }: ModelData = {},
): Model {
  const parts = partsWith(own);
  const encoder = parts.encoder.make(settings.encoder);
  const channel = parts.channel.make(settings.channel);
  const marginal = parts.marginal.make(settings.marginal);
  const decoder = parts.decoder.make(settings.decoder);
  const likelihood = parts.likelihood.make(settings.likelihood);
  const objective = parts.objective.make(settings.objective);
  const regularizers = regularity(settings.regularizers ?? [], parts.regularizer);
  // On the sampled code, and trained with everything else.
  const heads = createHeads(settings.heads, tasks);
  const made = (
    kind: Exclude<PartKind, "regularizer">,
    gives: string,
    tensor: Tensor,
    wanted: readonly (number | string)[],
  ) => ofShape(`${kind} ${settings[kind].type}`, gives, tensor, wanted);
  const begin = (scope: Scope, phase?: Phase) =>
    scope.with({
      initialisation: initialisationOf(settings.initialisation),
      learns: phase === "training",
      exact: settings.exact ?? false,
    });

  const meanPixels = () => meanImage?.() ?? new Float32Array(sizeOf(imageShape)).fill(0.5);
  const viewOf = (scope: Scope): MarginalView => ({
    imageShape,
    get meanImage() {
      return meanPixels();
    },
    posteriorOf(images) {
      if ("normalise" in settings.encoder && settings.encoder.normalise) {
        throw new UserError({
          where: "model.encoder.normalise",
          what: `a marginal of type ${settings.marginal.type} has its own images, which would be a second batch for running statistics`,
          remedy: "Leave it out, or use another marginal",
        });
      }
      const features = featuresIn(scope, images);
      if (channel.posterior) return channel.posterior(scope.in("channel"), features);
      throw new UserError({
        where: "model.marginal",
        what: `a marginal of type ${settings.marginal.type} is made of posteriors, and channel ${settings.channel.type} has none with a density`,
        remedy: "Use another marginal, or a gaussian channel",
      });
    },
  });
  const priceIn = (scope: Scope): Price => {
    const { divergenceFromGaussian } = marginal;
    return {
      prices: marginal.prices,
      logDensity(code) {
        const density = marginal.logDensity(scope.in("marginal"), code, viewOf(scope));
        return made("marginal", "logDensity", density, [code.shape[0]!]);
      },
      ...(divergenceFromGaussian && {
        divergenceFromGaussian(mean: Tensor, logVariance: Tensor) {
          const divergence = divergenceFromGaussian(mean, logVariance);
          return made("marginal", "divergenceFromGaussian", divergence, mean.shape);
        },
      }),
    };
  };
  const featuresIn = (scope: Scope, images: Tensor) =>
    made("encoder", "encode", encoder.encode(scope.in("encoder"), images), [images.shape[0]!, "F"]);
  const encodeIn = (scope: Scope, images: Tensor, phase: Phase) => {
    const sent = channel.transmit(scope.in("channel"), featuresIn(scope, images), priceIn(scope), phase);
    const codes = [images.shape[0]!, channel.dimensions];
    made("channel", "transmit, as mean,", sent.mean, codes);
    made("channel", "transmit, as code,", sent.code, codes);
    made("channel", "transmit, as rateNats,", sent.rateNats, codes.slice(0, 1));
    if (sent.dimensionRateNats)
      made("channel", "transmit, as dimensionRateNats,", sent.dimensionRateNats, codes);
    return sent;
  };
  const decodeRaw = (scope: Scope, code: Tensor) => {
    const decoded = decoder.decode(scope.in("decoder"), code, imageShape);
    const output = made("decoder", "decode", decoded, [code.shape[0]!, sizeOf(imageShape)]);
    if (settings.pixelBias === undefined) return output;
    const fill = (_: unknown, values: Float32Array) => values.set(meanPixels().map(likelihood.outputFor));
    return add(output, scope.parameter("pixelBias", [sizeOf(imageShape)], fill));
  };
  const reconstructed = (raw: Tensor) =>
    made("likelihood", "reconstruct", likelihood.reconstruct(raw), raw.shape);
  const decodeIn = (scope: Scope, code: Tensor) =>
    reshape(reconstructed(decodeRaw(scope, code)), [code.shape[0]!, ...imageShape]);
  const encodeForExport = (scope: Scope, images: Tensor) => encodeIn(begin(scope), images, "export");
  const estimator = once(() => {
    const scope = new Scope();
    const images = scope.batch("images", [channel.minBatch, ...imageShape]);
    return encodeIn(scope, images, "evaluation").rateEstimator;
  });
  const objectiveView: ObjectiveView = {
    get distortionWithoutCode() {
      return withoutCode();
    },
    codeDimensions: channel.dimensions,
    get criticalPricePerNat() {
      return criticalPrice();
    },
  };
  const moments = once(() => pixelMoments?.() ?? unknownPixels(imageShape));
  const withoutCode = once(() => likelihood.distortionOfMean(moments()));
  // Of images of which nothing is known one direction may hold all that varies.
  const criticalPrice = once(() => {
    return 2 * (largestVariance?.(likelihood.errorWeights(moments())) ?? withoutCode());
  });
  const measure: Model["measure"] = (outer, images, phase) => {
    const scope = begin(outer, phase);
    const transmission = encodeIn(scope, images, phase);
    const raw = decodeRaw(scope, transmission.code);
    const pixels = reshape(images, [images.shape[0]!, sizeOf(imageShape)]);
    const reconstruction = named(reconstructed(raw), "reconstruction");
    const isAgainstCauses = hasCauses && phase === "evaluation";
    const perPixel = (truth: Tensor) =>
      multiply(sumOver(square(subtract(reconstruction, truth)), [1]), 1 / sizeOf(imageShape));
    const distortion = named(
      made("likelihood", "distortion", likelihood.distortion(raw, pixels), [images.shape[0]!]),
      "distortion",
    );
    return {
      transmission,
      reconstruction,
      code: transmission.code,
      dimensionRateNats: transmission.dimensionRateNats,
      measures: {
        distortion,
        squaredErrorPerPixel: perPixel(pixels),
        rateNats: transmission.rateNats,
        ...(isAgainstCauses && {
          positionDistortion: perPixel(outer.batch(CAUSE_MEANS_FIELD, pixels.shape)),
        }),
        ...measureOwn(parts.metrics, scope, { ...transmission, images, reconstruction, distortion }),
      },
      heads: judgeHeads(heads, scope, transmission.code, phase),
    };
  };
  const judge: Model["judge"] = (outer, { measures, heads: passes, code }, phase) => {
    const scope = begin(outer, phase);
    // An autoencoder's own measures: it always makes them.
    const trade = { distortion: measures.distortion!, rateNats: measures.rateNats! };
    const asIs = objective.loss(scope.in("objective"), trade, phase, objectiveView);
    const traded = made("objective", "loss", asIs, []);
    const { losses, shares } = weighHeads(heads, scope, passes);
    const penalties = judgeRegularity(regularizers, scope, code!);
    const warmth = objective.warmth?.(scope.in("objective"));
    const asked = penalties.shares.map((share) => (warmth ? multiply(share, warmth) : share));
    const total = [...shares, ...asked].reduce((sum, share) => add(sum, share), traded);
    const { adversaryLoss, metrics } = penalties;
    return { loss: named(total, "loss"), headLosses: losses, adversaryLoss, metrics };
  };
  return {
    about: "an autoencoder",
    imageShape,
    codeDimensions: channel.dimensions,
    channel,
    get rateEstimator() {
      return estimator();
    },
    likelihood,
    objective,
    objectiveView,
    heads,
    ownMetrics: parts.metrics,
    adversary: regularizers.adversary,
    minBatch: channel.minBatch,
    mixesImages: channel.mixesImages,
    parts: autoencoderParts({
      imageShape,
      codeDimensions: channel.dimensions,
      encode: encodeForExport,
      decode: (scope, codes) => decodeIn(begin(scope), codes),
      classify:
        heads.length === 0
          ? undefined
          : (scope, codes) => judgeHeads(heads, begin(scope), codes, "evaluation"),
    }),
    sampledEncoder: channel.mixesImages ? undefined : sampledEncoder({ imageShape, encode: encodeForExport }),
    encode: (scope, images, phase = "evaluation") => encodeIn(begin(scope, phase), images, phase),
    decode: (scope, code) => decodeIn(begin(scope), code),
    sampleMarginal(outer, count) {
      const scope = begin(outer);
      if (!channel.drawCode) {
        throw new UserError({
          where: "samples of the marginal",
          what: `the codes of channel ${settings.channel.type} are distributed as those of the images are, which only images can show`,
          remedy: "Encode images instead, with narrows encode",
        });
      }
      const sample = marginal.sample(scope.in("marginal"), count, channel.dimensions, viewOf(scope));
      const drawn = made("marginal", "sample", sample, [count, channel.dimensions]);
      return channel.drawCode(scope.in("channel"), drawn, marginal.prices);
    },
    measure,
    judge,
    run(scope, images, phase) {
      const pass = wholePass({ judge }, scope, measure(scope, images, phase), phase);
      // The means of what it always measures are among them.
      return { ...pass, metrics: pass.metrics as PassMetrics };
    },
    scalars(progress) {
      const own = Object.entries(objective.scalars(progress));
      const entries = own.map(([name, value]) => [`objective.${name}`, value] as const);
      return { ...Object.fromEntries(entries), ...headScalars(heads, progress) };
    },
    targetRateNats: (progress) => objective.targetRateNats(progress),
    finalTargetRateNats: objective.finalTargetRateNats,
  };
}

/** Pixels of which nothing is known: uniform from 0 to 1. */
function unknownPixels(shape: ImageShape): PixelMoments {
  const pixels = sizeOf(shape);
  return { mean: new Float64Array(pixels).fill(1 / 2), meanSquare: new Float64Array(pixels).fill(1 / 3) };
}
