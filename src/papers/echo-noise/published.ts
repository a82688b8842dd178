/** The published numbers, from configs/echo-noise/published.csv, which says what has to be known of each. */
import { findPublished, publishedNumbers } from "../../reproduction/published.js";
import type { MethodName } from "./methods.js";

/** The paper's data sets of natural images, as configurations call them. */
export const PUBLISHED_DATA = ["binary-mnist", "omniglot", "fashion-mnist"] as const;
/** One of `PUBLISHED_DATA`. */
export type PublishedData = (typeof PUBLISHED_DATA)[number];

/** Factors that occur in all combinations, or of which some never occur. */
export const FACTOR_KINDS = ["independent", "dependent"] as const;
/** One of `FACTOR_KINDS`. */
export type FactorKind = (typeof FACTOR_KINDS)[number];

/** Whose channel: Echo's or that of the VAE. */
export const CHANNELS = ["Echo", "VAE"] as const;
/** One of `CHANNELS`. */
export type ChannelName = (typeof CHANNELS)[number];

const find = findPublished(publishedNumbers("echo-noise"));

/**
 * A cell of Table 1: means in nats, and the standard deviation of -ELBO (of which kind the paper does not
 * say).
 */
export interface PublishedTrade {
  readonly rateNats: number;
  /** Nats per image. */
  readonly distortion: number;
  readonly negativeElboNats: number;
  /** Standard deviation of -ELBO, in nats. */
  readonly deviation: number;
}

/**
 * A cell of Table 1: rate, distortion and -ELBO of a method on a data set, in nats per image.
 * @throws UserError when the file of published numbers cannot be read.
 */
export function publishedTrade(method: MethodName, data: PublishedData): PublishedTrade {
  const of = (quantity: string) => find(quantity, { data, method })!;
  const { value: negativeElboNats, uncertainty } = of("negativeElboNats");
  return {
    rateNats: of("rateNats").value,
    distortion: of("distortion").value,
    negativeElboNats,
    deviation: uncertainty!,
  };
}

/** FactorVAE score and mutual information gap of a code. */
export interface PublishedScores {
  /** From 0 to 1 (rule M4). */
  readonly factorVae: number;
  /** From 0 to 1 (rule M3). */
  readonly mig: number;
}

/**
 * A cell of Table 2: FactorVAE score and mutual information gap, from 0 to 1. Three rows have rising beta
 * (gamma 0), four rising gamma (beta 1), the first of these the same setting as the first of those; but for
 * that one (beta = 1, gamma = 0) their values are our choice, see `TABLE_2_SETTINGS` in sprites.ts.
 * @param row counted from 1, as the rows stand.
 * @throws UserError when the file of published numbers cannot be read.
 */
export function publishedScores(row: number, factors: FactorKind, channel: ChannelName): PublishedScores {
  const of = (quantity: string) => find(quantity, { method: channel, row, factors })!.value;
  return { factorVae: of("factorVae"), mig: of("mig") };
}

/**
 * Table 3: total correlation of Echo's noise over the test images, in nats.
 * @throws UserError when the file of published numbers cannot be read.
 */
export function publishedNoise(data: PublishedData): number {
  return find("noiseTotalCorrelationNats", { data, method: "Echo" })!.value;
}

/** Of the dependent factors: share of the grid that is kept, and total correlation of the factors in nats. */
export function publishedDependence() {
  const of = (quantity: string) => find(quantity, { factors: "dependent" })!.value;
  return { kept: of("keptShare"), totalCorrelationNats: of("factorTotalCorrelationNats") };
}
