import type { Dataset } from "../../../data/dataset.js";
import { mutualInformationFromPosterior } from "../../../information/index.js";
import type { RateEstimator } from "../../../model/parts.js";
import type { Device } from "../../../onnx/devices.js";
import { type Encoding, encodeTable, reconstructTable } from "../../../training/encode.js";
import { evaluateRun } from "../../../training/evaluate-run.js";
import { samplePosterior } from "../../../training/sample-posterior.js";
import type { TrainedRun } from "../../../training/trained-run.js";
import { type MarginalTest, testMarginals } from "./marginals.js";
import { noiseTotalCorrelationNats } from "./noise.js";
import { logLikelihoodsNats, rankCorrelation } from "./pointwise.js";

/** The mutual information of images and codes, from the aggregated posterior of the test images (rule I1). */
export interface EstimatedInformation {
  readonly informationNats: number;
  readonly standardErrorNats: number;
  /** No estimate can exceed it: the logarithm of the number of test images. */
  readonly ceilingNats: number;
}

/** What is measured of an Echo channel at beta = 1. */
export interface EchoMeasures {
  /** Table 3. */
  readonly noiseTotalCorrelationNats: number;
  /** What dimensions without anything in common would have on average by chance: D(D-1) / 4N. */
  readonly chanceNats: number;
  /** Rank correlation of log p(x|z) and the rate of an image, over test images. */
  readonly rateLikelihoodCorrelation: number;
  readonly marginals: readonly MarginalTest[];
}

/** A model on the test images, each seen once through one sample of its code. */
export interface ImageMeasures {
  /** Number of test images. */
  readonly images: number;
  /** Nats per image. */
  readonly rateNats: number;
  readonly rateEstimator: RateEstimator;
  /** Nats per image. */
  readonly distortion: number;
  readonly negativeElboNats: number;
  /** The minimum rate that the channel can have; 0 for nearly all. */
  readonly leastRateNats: number;
  /** null where the posterior has no density, as Echo's. */
  readonly information: EstimatedInformation | null;
  /** null for other channels, and where not asked for. */
  readonly echo: EchoMeasures | null;
}

/** Codes that the mutual information is estimated with: the error of the mean is some hundredths of a nat. */
const INFORMATION_SAMPLES = 2000;

/**
 * Measures a model on the test rows of its data.
 * @param deep whether an Echo channel is looked at closely.
 */
export async function measureImages(
  trained: TrainedRun,
  device: Device,
  deep: boolean,
): Promise<ImageMeasures> {
  const { model } = trained;
  const { test } = trained.experiment.split;
  const { rateNats, distortion } = await evaluateRun(trained, device, test);
  const encoding = await encodeTable(trained, device, test);
  return {
    images: test.count,
    rateNats,
    rateEstimator: model.rateEstimator,
    distortion,
    negativeElboNats: rateNats + distortion,
    leastRateNats: model.channel.minRateNats,
    information: informationOf(encoding),
    echo:
      deep && encoding.dimensionRateNats && !encoding.posterior
        ? await echoOf(trained, device, test, encoding)
        : null,
  };
}

function informationOf({ posterior }: Encoding): EstimatedInformation | null {
  if (!posterior) return null;
  const { mean, logVariance } = posterior;
  // Of a flow, what it begins with has as much information as the code.
  const codes = samplePosterior(mean, logVariance, "mutual information");
  const { informationNats, standardErrorNats, ceilingNats } = mutualInformationFromPosterior(
    mean,
    logVariance,
    codes,
    { samples: INFORMATION_SAMPLES },
  );
  return { informationNats, standardErrorNats, ceilingNats };
}

async function echoOf(
  trained: TrainedRun,
  device: Device,
  test: Dataset,
  encoding: Encoding,
): Promise<EchoMeasures> {
  const [count = 0, dimensions = 0] = encoding.mean.shape;
  const likelihoods = logLikelihoodsNats(test, await reconstructTable(trained, device, test));
  return {
    noiseTotalCorrelationNats: noiseTotalCorrelationNats(encoding, `noise of ${trained.run.name}`),
    chanceNats: (dimensions * (dimensions - 1)) / (4 * count),
    rateLikelihoodCorrelation: rankCorrelation(likelihoods, encoding.rateNats.data),
    marginals: testMarginals(encoding.code, encoding.dimensionRateNats!),
  };
}
