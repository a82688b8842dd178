import { mean } from "../../../statistics.js";
import type { FrozenResult } from "../frozen.js";
import type { IndexName, IndicesTable } from "../indices-table.js";
import type { ModelName } from "../models.js";
import type { ClassedModel } from "../panels/classes.js";
import type { ModelResult, TaskResult } from "../results.js";
import type { CodeMeasures, Room } from "./code-measures.js";

/** Everything that statements are checked against, with codes measured at need. */
export interface MeasuredEvidence {
  readonly models: readonly ModelResult[];
  readonly frozen: readonly FrozenResult[];
  readonly codes: CodeMeasures | undefined;
  readonly indices: IndicesTable | undefined;
}

/** An index as a view shows it: the mean over its seeds, and on which side of 0 it is said to lie (rule G15). */
interface IndexReading {
  readonly value: number;
  /** -1 below, 1 above, 0 not told from 0. */
  readonly side: -1 | 0 | 1;
}

const NO_READING: IndexReading = { value: Number.NaN, side: 0 };

/**
 * The results of some seeds as one number each: the mean over the seeds that have it. What none of them has is NaN and is
 * remembered in `missing`, so that a check can be written as if everything were there.
 */
export class View {
  readonly missing = new Set<string>();
  readonly #evidence: MeasuredEvidence;
  readonly #seeds: readonly number[];

  constructor(evidence: MeasuredEvidence, seeds: readonly number[]) {
    this.#evidence = evidence;
    this.#seeds = seeds;
  }

  /** Squared error per pixel on the validation rows. */
  mse(model: ModelName, capacityNats: number): number {
    const found = this.#ofSeeds(this.#evidence.models, model, capacityNats).flatMap(
      ({ squaredErrorPerPixel }) => squaredErrorPerPixel ?? [],
    );
    return this.#meanOr(found, `${model} ${at(capacityNats)}`);
  }

  /** F1 (rule C3) of the classifier that a model was trained with. */
  jointF1(model: ModelName, task: string, capacityNats: number): number {
    const found = f1Of(this.#ofSeeds(this.#evidence.models, model, capacityNats), task);
    return this.#meanOr(found, `${model} ${at(capacityNats)}`);
  }

  /** F1 (rule C3) of a classifier on the frozen code of a model. */
  frozenF1(model: ModelName, task: string, capacityNats: number): number {
    const found = f1Of(this.#ofSeeds(this.#evidence.frozen, model, capacityNats), task);
    return this.#meanOr(found, `a classifier for ${task} on the frozen code of ${model} ${at(capacityNats)}`);
  }

  channels(model: ModelName, capacityNats: number): number {
    return this.#ofCodes(
      (codes, seed) => codes.channels(model, { capacityNats, seed }),
      `the code of ${model} ${at(capacityNats)}`,
    );
  }

  /** Mean distortion ratio of a model's code at 0.3 against 10 nats (rule G4). */
  squeeze(model: ModelName): number {
    return this.#ofCodes(
      (codes, seed) => codes.squeeze(model, seed),
      `the codes of ${model} at 0.3 and 10 nats`,
    );
  }

  /** Room of class 1 as a multiple of that of class 0. */
  room(model: ClassedModel, capacityNats: number, where: keyof Room): number {
    return this.#ofCodes(
      (codes, seed) => codes.room(model, { capacityNats, seed })?.[where],
      bothCodes(model, capacityNats),
    );
  }

  /** The entry of a model's class matrix (rule G5) for two of its two classes. */
  classMatrix(model: ClassedModel, capacityNats: number, a: 0 | 1, b: 0 | 1): number {
    return this.#ofCodes(
      (codes, seed) => codes.classMatrix(model, { capacityNats, seed })?.[2 * a + b],
      bothCodes(model, capacityNats),
    );
  }

  /** An index as the table of indices has it; of a single seed, by that seed's interval alone. */
  index(model: ClassedModel, capacityNats: number, name: IndexName): IndexReading {
    const row = this.#evidence.indices?.rows.find(
      (one) => one.model === model && one.capacityNats === capacityNats,
    );
    const seeds = row?.[name].seeds.filter(({ seed }) => this.#seeds.includes(seed)) ?? [];
    const value = this.#meanOr(
      seeds.map((seed) => seed.value).filter((found) => !Number.isNaN(found)),
      `the ${name} of ${model} ${at(capacityNats)}`,
    );
    if (!row || Number.isNaN(value)) return NO_READING;
    if (seeds.length === row[name].seeds.length) {
      const { verdict } = row[name];
      return { value, side: verdict === "above 0" ? 1 : verdict === "below 0" ? -1 : 0 };
    }
    return {
      value,
      side: seeds.every(({ low }) => low > 0) ? 1 : seeds.every(({ high }) => high < 0) ? -1 : 0,
    };
  }

  #ofSeeds<Result extends ModelResult | FrozenResult>(
    results: readonly Result[],
    model: ModelName,
    capacityNats: number,
  ): Result[] {
    return results.filter(
      (one) =>
        one.status === "finished" &&
        one.model === model &&
        one.capacityNats === capacityNats &&
        this.#seeds.includes(one.seed),
    );
  }

  #ofCodes(measure: (codes: CodeMeasures, seed: number) => number | undefined, what: string): number {
    const { codes } = this.#evidence;
    return this.#meanOr(codes ? this.#seeds.flatMap((seed) => measure(codes, seed) ?? []) : [], what);
  }

  #meanOr(values: readonly number[], what: string): number {
    if (values.length === 0) this.missing.add(what);
    return mean(values);
  }
}

function f1Of(results: readonly { readonly tasks: readonly TaskResult[] }[], task: string): number[] {
  return results.flatMap(({ tasks }) => tasks.find((one) => one.task === task)?.f1BatchMean ?? []);
}

function at(capacityNats: number): string {
  return `at ${capacityNats} ${capacityNats === 1 ? "nat" : "nats"}`;
}

function bothCodes(model: ModelName, capacityNats: number): string {
  return `the codes of ${model} and the Baseline ${at(capacityNats)}`;
}
