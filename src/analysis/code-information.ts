import type { Configuration } from "../configuration/schema.js";
import {
  type CorridorsBound,
  corridorsBoundAt,
  mutualInformationFromPosterior,
  type PosteriorInformation,
} from "../information/index.js";
import type { Model } from "../model/model.js";
import type { RateEstimator } from "../model/parts.js";
import { columnMeans, type NumericArray } from "../numeric-array.js";
import type { Encoding } from "../training/encode.js";
import type { Evaluation } from "../training/evaluate.js";
import { samplePosterior } from "../training/sample-posterior.js";

/** What is known of the code of an evaluated autoencoder besides the averages over batches. */
export interface CodeInformation {
  readonly distortionUnit: string;
  readonly rateEstimator: RateEstimator;
  /** Rate of each dimension in nats; undefined where it does not fall apart into dimensions. */
  readonly dimensionRateNats: readonly number[] | undefined;
  /** Of images and codes, where the posterior has a density. */
  readonly mutualInformation: PosteriorInformation | undefined;
  /** The minimum position distortion at this rate, where the images are Corridors that were drawn. */
  readonly positionBound: CorridorsBound | undefined;
}

/** Codes that the mutual information is estimated with: the error of the mean is then a few hundredths of a nat. */
const INFORMATION_SAMPLES = 2000;
/** Posteriors in the mixture: the estimate cannot exceed the logarithm of their number. */
const INFORMATION_ROWS = 20_000;

/**
 * Measures the code of an evaluated autoencoder: its rate by dimension, the mutual information with the images (rule I1),
 * and the true bound at its rate.
 * @param onProgress is called before the long part.
 */
export function codeInformation(
  model: Pick<Model, "likelihood" | "rateEstimator">,
  encoding: Encoding,
  evaluation: Evaluation,
  configuration: Configuration,
  onProgress?: (done: number, of: number) => void,
): CodeInformation {
  onProgress?.(0, 1);
  return {
    distortionUnit: model.likelihood.distortionUnit,
    rateEstimator: model.rateEstimator,
    dimensionRateNats: encoding.dimensionRateNats && columnMeans(encoding.dimensionRateNats),
    mutualInformation: mutualInformationOf(encoding),
    positionBound: boundAtRate(evaluation, configuration),
  };
}

function mutualInformationOf({ posterior, code }: Encoding): PosteriorInformation | undefined {
  if (!posterior || code.shape[0]! < 2) return undefined;
  const [rows, dimensions] = posterior.mean.shape as [number, number];
  const count = Math.min(rows, INFORMATION_ROWS);
  const first = ({ data }: NumericArray<Float32Array>) => ({
    shape: [count, dimensions],
    data: data.subarray(0, count * dimensions),
  });
  const [mean, logVariance] = [first(posterior.mean), first(posterior.logVariance)];
  // The code of a flow has as much information as what the flow begins with, whose samples are drawn here from the posterior.
  const samples = samplePosterior(mean, logVariance, "mutual information");
  return mutualInformationFromPosterior(mean, logVariance, samples, { samples: INFORMATION_SAMPLES });
}

function boundAtRate(
  { rateNats, positionDistortion }: Evaluation,
  { data }: Configuration,
): CorridorsBound | undefined {
  if (!data.corridors || rateNats === undefined || positionDistortion === undefined) return undefined;
  const { size, sigma, bias } = data.corridors;
  return corridorsBoundAt(Math.max(0, rateNats), { size, sigma, ...(bias !== undefined && { bias }) });
}
