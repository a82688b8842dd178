import { nats } from "../../../reproduction/statements/numbers.js";
import { SeedView } from "../../../reproduction/view.js";
import type { ClassedModel } from "../classes.js";
import type { IndexName, IndicesTable } from "../measures/indices-table.js";
import type { Keys, Observation, Quantity } from "../measures/observations.js";
import { publishedRow } from "../measures/published-indices.js";

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

/** The results of some seeds, by the names of published.csv. */
export class View extends SeedView {
  readonly #values = new Map<string, number[]>();
  readonly #indices: Pick<IndicesTable, "rows"> | undefined;

  constructor(
    observations: readonly Observation[],
    indices: Pick<IndicesTable, "rows"> | undefined,
    seeds: readonly number[],
  ) {
    super(seeds);
    this.#indices = indices;
    for (const { quantity, seed, value, ...keys } of observations) {
      if (!seeds.includes(seed)) continue;
      const place = placeOf(quantity, keys);
      this.#values.set(place, [...(this.#values.get(place) ?? []), value]);
    }
  }

  /** The mean over seeds of a quantity. */
  readonly number = (quantity: Quantity, keys: Keys): number =>
    this.meanOr(this.#values.get(placeOf(quantity, keys)) ?? [], NEEDS[quantity](keys));

  /**
   * The mean over seeds of an index, and whether it lies above 0 (rule G15): of some seeds, each by its own interval alone.
   * @param classesOf the model by whose classes; the model's own by default.
   */
  index(model: ClassedModel, capacityNats: number, name: IndexName, classesOf = model) {
    const index = this.#indices?.rows.find(
      (one) => one.model === model && one.capacityNats === capacityNats && one.classesOf === classesOf,
    )?.[name];
    const seeds = index?.seeds.filter(({ seed }) => this.seeds.includes(seed)) ?? [];
    const value = this.meanOr(
      seeds.map((seed) => seed.value).filter((found) => !Number.isNaN(found)),
      `the ${name} of ${model} at ${nats(capacityNats)}`,
    );
    const isWhole = seeds.length === index?.seeds.length;
    const isAbove = isWhole ? index.verdict === "above 0" : seeds.every(({ low }) => low > 0);
    const [known] = publishedRow({ model, capacityNats, classesOf })?.[name].seeds ?? [];
    return { value, isAbove, published: known?.value };
  }
}

function placeOf(quantity: Quantity, { model, task, classes, capacityNats }: Keys): string {
  return [quantity, model, task, classes, capacityNats].join();
}
