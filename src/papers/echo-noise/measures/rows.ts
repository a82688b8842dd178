/** The rows of Tables 1 to 3 for which something is finished, with the published numbers. */
import { mean, spread } from "../../../statistics.js";
import type { ImageData } from "../data.js";
import { METHOD_NAMES, type MethodName } from "../methods.js";
import {
  CHANNELS,
  type ChannelName,
  FACTOR_KINDS,
  type FactorKind,
  type PublishedScores,
  type PublishedTrade,
  publishedNoise,
  publishedScores,
  publishedTrade,
} from "../published.js";
import { type Setting, TABLE_2_SETTINGS } from "../sprites.js";
import type { EstimatedInformation, ImageMeasures } from "./images.js";
import type { ImageResult, SpritesResult } from "./index.js";
import type { Scores } from "./sprites.js";

/** Fewer runs than this are not trimmed: the deviation of so few would say nothing. */
export const FEWEST_TO_TRIM = 4;

/** The mean over runs as the paper takes it. */
export interface TrimmedMean {
  readonly mean: number;
  /** Divisor runs - 1 (the paper does not say which); null for a single run. */
  readonly deviation: number | null;
}

/**
 * The runs without those of the highest and of the lowest value, in their order; all of them where there are
 * fewer than 4.
 */
export function trimmedRuns<Run>(runs: readonly Run[], of: (run: Run) => number): Run[] {
  if (runs.length < FEWEST_TO_TRIM) return [...runs];
  const order = [...runs.keys()].sort((a, b) => of(runs[a]!) - of(runs[b]!));
  const [lowest, highest] = [order[0], order.at(-1)];
  return runs.filter((_, k) => k !== lowest && k !== highest);
}

/** A row of Table 1: means over the runs that are not trimmed away. */
export interface TradeRow {
  readonly method: MethodName;
  readonly data: string;
  readonly runs: number;
  /** Runs that were left out, the highest and the lowest -ELBO. */
  readonly trimmed: number;
  readonly rate: TrimmedMean;
  readonly rateEstimator: string;
  readonly distortion: TrimmedMean;
  readonly negativeElbo: TrimmedMean;
  /** Over the same runs; null where the posterior has no density. */
  readonly information: EstimatedInformation | null;
  readonly published: PublishedTrade;
}

/** Table 1, data set by data set. */
export function tradeRows(images: readonly ImageResult[], data: readonly ImageData[]): TradeRow[] {
  return data.flatMap(({ name, published }) =>
    METHOD_NAMES.flatMap((method): TradeRow[] => {
      const all = images
        .filter((one) => one.method === method && one.data === name && one.beta === 1)
        .flatMap(({ measures }) => measures ?? []);
      const chosen = trimmedRuns(all, ({ negativeElboNats }) => negativeElboNats);
      const [first] = chosen;
      if (!first) return [];
      const of = (read: (measures: ImageMeasures) => number) => {
        const values = chosen.map(read);
        return { mean: mean(values), deviation: spread(values) };
      };
      return [
        {
          method,
          data: name,
          runs: all.length,
          trimmed: all.length - chosen.length,
          rate: of(({ rateNats }) => rateNats),
          rateEstimator: first.rateEstimator,
          distortion: of(({ distortion }) => distortion),
          negativeElbo: of(({ negativeElboNats }) => negativeElboNats),
          information: informationOver(chosen.flatMap(({ information }) => information ?? [])),
          published: publishedTrade(method, published),
        },
      ];
    }),
  );
}

function informationOver(estimates: readonly EstimatedInformation[]): EstimatedInformation | null {
  if (estimates.length === 0) return null;
  const of = (key: keyof EstimatedInformation) => mean(estimates.map((estimate) => estimate[key]));
  return {
    informationNats: of("informationNats"),
    standardErrorNats: of("standardErrorNats"),
    ceilingNats: of("ceilingNats"),
  };
}

/** A cell of Table 2, in the numbers of its runs. */
export interface FactorRow extends Setting {
  readonly factors: FactorKind;
  readonly channel: ChannelName;
  readonly runs: number;
  readonly mean: Readonly<Record<keyof Scores, readonly number[]>>;
  readonly sample: Readonly<Record<keyof Scores, readonly number[]>>;
  readonly published: PublishedScores;
}

/** The cells of Table 2. The first and the fourth row are the same models. */
export function factorRows(sprites: readonly SpritesResult[]): FactorRow[] {
  return TABLE_2_SETTINGS.flatMap((setting) =>
    FACTOR_KINDS.flatMap((factors) =>
      CHANNELS.flatMap((channel): FactorRow[] => {
        const runs = sprites
          .filter((one) => one.beta === setting.beta && one.gamma === setting.gamma)
          .filter((one) => one.factors === factors && one.channel === channel)
          .flatMap(({ measures }) => measures ?? []);
        if (runs.length === 0) return [];
        const of = (which: "mean" | "sample") => ({
          factorVae: runs.map((measures) => measures[which].factorVae),
          mig: runs.map((measures) => measures[which].mig),
        });
        return [
          {
            ...setting,
            factors,
            channel,
            runs: runs.length,
            mean: of("mean"),
            sample: of("sample"),
            published: publishedScores(setting.row, factors, channel),
          },
        ];
      }),
    ),
  );
}

/** A row of Table 3. */
export interface NoiseRow {
  readonly data: string;
  readonly totalCorrelationNats: readonly number[];
  readonly chanceNats: number;
  readonly publishedNats: number;
}

/** Table 3. */
export function noiseRows(images: readonly ImageResult[], data: readonly ImageData[]): NoiseRow[] {
  return data.flatMap(({ name, published }): NoiseRow[] => {
    const runs = images
      .filter((one) => one.data === name && one.beta === 1)
      .flatMap(({ measures }) => measures?.echo ?? []);
    const [first] = runs;
    if (!first) return [];
    return [
      {
        data: name,
        totalCorrelationNats: runs.map(({ noiseTotalCorrelationNats }) => noiseTotalCorrelationNats),
        chanceNats: first.chanceNats,
        publishedNats: publishedNoise(published),
      },
    ];
  });
}
