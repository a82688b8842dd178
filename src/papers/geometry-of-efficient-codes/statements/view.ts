import { nats } from "../../../reproduction/statements/numbers.js";
import { mean } from "../../../statistics.js";
import type { IndexName, IndicesTable } from "../measures/indices-table.js";
import type { Keys, Observation, Quantity } from "../measures/observations.js";
import type { ModelName } from "../recipe.js";

/** What would have to be trained for a number of a quantity. */
const NEEDS: Readonly<Record<Quantity, (keys: Keys) => string>> = {
  squaredErrorPerPixel: ({ model, capacityNats }) => `${model} at ${nats(capacityNats!)}`,
  f1Joint: ({ model, capacityNats }) => `${model} at ${nats(capacityNats!)}`,
  f1Frozen: ({ model, task, capacityNats }) =>
    `a classifier for ${task} on the frozen code of ${model} at ${nats(capacityNats!)}`,
  channelsUsed: ({ model, capacityNats }) => `the code of ${model} at ${nats(capacityNats!)}`,
  meanDistortionRatio: ({ model }) => `the codes of ${model} at 0.3 and 10 nats`,
  classDistortion: bothCodes,
  room: bothCodes,
  roomInBaseline: bothCodes,
};

function bothCodes({ model, capacityNats }: Keys): string {
  return `the codes of ${model} and the Baseline at ${nats(capacityNats!)}`;
}

/** An index as a view shows it: the mean over its seeds, and on which side of 0 it is said to lie (rule G15). */
interface IndexReading {
  readonly value: number;
  /** -1 below, 1 above, 0 not significant. */
  readonly side: -1 | 0 | 1;
}

/**
 * The results of some seeds as one number each: the mean over the seeds that have it. What none of them has is NaN and is
 * remembered in `missing`, so that a check can be written as if everything were there.
 */
export class View {
  readonly missing = new Set<string>();
  readonly #values = new Map<string, number[]>();
  readonly #indices: IndicesTable | undefined;
  readonly #seeds: readonly number[];

  constructor(
    observations: readonly Observation[],
    indices: IndicesTable | undefined,
    seeds: readonly number[],
  ) {
    this.#indices = indices;
    this.#seeds = seeds;
    for (const { quantity, seed, value, ...keys } of observations) {
      if (!seeds.includes(seed)) continue;
      const place = placeOf(quantity, keys);
      this.#values.set(place, [...(this.#values.get(place) ?? []), value]);
    }
  }

  /** The mean over seeds of a quantity. */
  readonly number = (quantity: Quantity, keys: Keys): number =>
    this.#meanOr(this.#values.get(placeOf(quantity, keys)) ?? [], () => NEEDS[quantity](keys));

  /** An index as the table of indices has it; of a single seed, by that seed's interval alone. */
  index(model: ModelName, capacityNats: number, name: IndexName): IndexReading {
    const index = this.#indices?.rows.find(
      (one) => one.model === model && one.capacityNats === capacityNats,
    )?.[name];
    const seeds = index?.seeds.filter(({ seed }) => this.#seeds.includes(seed)) ?? [];
    const value = this.#meanOr(
      seeds.map((seed) => seed.value).filter((found) => !Number.isNaN(found)),
      () => `the ${name} of ${model} at ${nats(capacityNats)}`,
    );
    const all = seeds.length === index?.seeds.length;
    const isBeyond = (verdict: string, bySeed: boolean) => (all ? index?.verdict === verdict : bySeed);
    if (Number.isNaN(value)) return { value, side: 0 };
    if (
      isBeyond(
        "above 0",
        seeds.every(({ low }) => low > 0),
      )
    )
      return { value, side: 1 };
    return {
      value,
      side: isBeyond(
        "below 0",
        seeds.every(({ high }) => high < 0),
      )
        ? -1
        : 0,
    };
  }

  #meanOr(values: readonly number[], needs: () => string): number {
    if (values.length === 0) this.missing.add(needs());
    return mean(values);
  }
}

function placeOf(quantity: Quantity, { model, task, classes, capacityNats }: Keys): string {
  return [quantity, model, task, classes, capacityNats].join();
}
