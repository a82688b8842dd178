import type { ImageMeasures } from "../../../src/papers/echo-noise/measures/images.js";
import type {
  EchoResults,
  ImageResult,
  SpritesResult,
} from "../../../src/papers/echo-noise/measures/index.js";
import { METHOD_NAMES, type MethodName } from "../../../src/papers/echo-noise/methods.js";
import {
  CHANNELS,
  FACTOR_KINDS,
  PUBLISHED_DATA,
  type PublishedData,
  publishedNoise,
  publishedScores,
  publishedTrade,
} from "../../../src/papers/echo-noise/published.js";
import { TABLE_2_SETTINGS } from "../../../src/papers/echo-noise/sprites.js";

/** The least rate of 32 dimensions and 99 terms. */
const LIMIT = 5.7372;
const BETAS = [0.3, 1, 3, 8];

const finished = (run: string) => ({ run, status: "finished", reason: null }) as const;

/** What to make of a published number, to construct results in which a statement fails. */
export interface Changes {
  readonly distortion?: (published: number, method: MethodName, data: PublishedData, beta: number) => number;
  readonly measures?: (measures: ImageMeasures, method: MethodName, data: PublishedData) => ImageMeasures;
}

/** Results that came out as published at beta = 1, with curves that are made up: ten nats less for e times the rate. */
export function resultsAsPublished(
  { distortion = (x) => x, measures = (x) => x }: Changes = {},
  seed = 0,
): EchoResults {
  const images = PUBLISHED_DATA.flatMap((data) =>
    METHOD_NAMES.flatMap((method) =>
      BETAS.map((beta): ImageResult => {
        const published = publishedTrade(method, data);
        const isEcho = method === "Echo";
        const limit = isEcho ? LIMIT : 0;
        const rateNats = beta === 1 ? published.rateNats : limit + (published.rateNats - limit) * beta ** -2;
        const lost = distortion(
          published.distortion + 10 * Math.log(published.rateNats / rateNats),
          method,
          data,
          beta,
        );
        return {
          method,
          data,
          beta,
          seed,
          ...finished(`${method}-${data}-${beta}-${seed}`),
          measures: measures(
            {
              images: 10_000,
              rateNats,
              rateEstimator: isEcho
                ? "exact"
                : method.startsWith("VAE-") || method.startsWith("IAF")
                  ? "monte-carlo"
                  : "upper-bound",
              distortion: lost,
              negativeElboNats: rateNats + lost,
              leastRateNats: limit,
              information: isEcho
                ? null
                : { informationNats: 9.2, standardErrorNats: 0.01, ceilingNats: Math.log(10_000) },
              echo:
                isEcho && beta === 1
                  ? {
                      noiseTotalCorrelationNats: publishedNoise(data),
                      chanceNats: 0.0248,
                      rateLikelihoodCorrelation: 0.4,
                      marginals: [
                        { dimension: 3, rateNats: 1.2, statistic: 0.4, pValue: 0.7, rejected: false },
                      ],
                    }
                  : null,
            },
            method,
            data,
          ),
        };
      }),
    ),
  );
  const sprites = TABLE_2_SETTINGS.filter(({ row }) => row !== 4).flatMap(({ row, beta, gamma }) =>
    FACTOR_KINDS.flatMap((factors) =>
      CHANNELS.map((channel): SpritesResult => {
        const scores = publishedScores(row, factors, channel);
        return {
          channel,
          factors,
          beta,
          gamma,
          seed,
          ...finished(`${channel}-${factors}-${row}-${seed}`),
          measures: { images: 737_280, mean: scores, sample: scores, activeDimensions: 6 },
        };
      }),
    ),
  );
  return { images, sprites };
}
