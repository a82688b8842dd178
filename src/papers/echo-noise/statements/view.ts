import { SeedView } from "../../../reproduction/view.js";
import { mean } from "../../../statistics.js";
import type { EchoMeasures, ImageMeasures } from "../measures/images.js";
import type { EchoResults, ImageResult } from "../measures/index.js";
import type { Scores } from "../measures/sprites.js";
import type { MethodName } from "../methods.js";
import type { ChannelName, FactorKind, PublishedData } from "../published.js";

/** A point of a curve: means over seeds. */
export interface CurvePoint {
  readonly beta: number;
  readonly rateNats: number;
  readonly distortion: number;
}

/** The results of some seeds. */
export class EchoView extends SeedView {
  readonly #results: EchoResults;

  constructor(results: EchoResults, seeds: readonly number[]) {
    super(seeds);
    this.#results = results;
  }

  /** A number of the test images at beta = 1. */
  measure(method: MethodName, data: PublishedData, of: (measures: ImageMeasures) => number): number {
    const found = this.#of(method, data).filter(({ beta }) => beta === 1);
    return this.meanOr(
      found.flatMap(({ measures }) => (measures ? [of(measures)] : [])),
      `${method} on ${data} at beta = 1`,
    );
  }

  negativeElbo(method: MethodName, data: PublishedData): number {
    return this.measure(method, data, ({ negativeElboNats }) => negativeElboNats);
  }

  /** A number of Echo's closer look. */
  echo(data: PublishedData, of: (measures: EchoMeasures) => number): number {
    return this.measure("Echo", data, ({ echo }) => (echo ? of(echo) : Number.NaN));
  }

  /** A method's points by rising rate; remembered as missing where there are fewer. */
  curve(method: MethodName, data: PublishedData, fewest: number): CurvePoint[] {
    const own = this.#of(method, data);
    const betas = [...new Set(own.flatMap(({ beta, measures }) => (measures ? [beta] : [])))];
    const points = betas.map((beta): CurvePoint => {
      const alike = own.filter((one) => one.beta === beta).flatMap(({ measures }) => measures ?? []);
      return {
        beta,
        rateNats: mean(alike.map(({ rateNats }) => rateNats)),
        distortion: mean(alike.map(({ distortion }) => distortion)),
      };
    });
    if (points.length < fewest) this.missing.add(`${fewest} values of beta for ${method} on ${data}`);
    return points.sort((a, b) => a.rateNats - b.rateNats);
  }

  /** The minimum rate that a method's channel can have. */
  minimumRate(method: MethodName, data: PublishedData): number {
    const found = this.#of(method, data).flatMap(({ measures }) => measures?.leastRateNats ?? []);
    return this.meanOr(found, `${method} on ${data}`);
  }

  /** A score of Table 2, of the means of the codes. */
  score(
    channel: ChannelName,
    factors: FactorKind,
    { beta, gamma }: { readonly beta: number; readonly gamma: number },
    of: keyof Scores,
  ): number {
    const found = this.#results.sprites.filter(
      (one) =>
        one.channel === channel &&
        one.factors === factors &&
        one.beta === beta &&
        one.gamma === gamma &&
        this.seeds.includes(one.seed),
    );
    return this.meanOr(
      found.flatMap(({ measures }) => measures?.mean[of] ?? []),
      `${channel} on ${factors} factors at beta = ${beta}, gamma = ${gamma}`,
    );
  }

  /** Results on a data set: on the published one, or on what stands in for it where that is not there. */
  #of(method: MethodName, data: PublishedData): ImageResult[] {
    const own = this.#results.images.filter((one) => one.method === method && this.seeds.includes(one.seed));
    const published = own.filter((one) => one.data === data);
    return published.length > 0 || data !== "binary-mnist"
      ? published
      : own.filter((one) => one.data === "mnist");
  }
}
