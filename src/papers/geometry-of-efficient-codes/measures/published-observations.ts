import { allPublished } from "../published.js";
import { MODEL_NAMES } from "../recipe.js";
import { type Observation, QUANTITIES } from "./observations.js";
import { PUBLISHED_SEED } from "./published-indices.js";

/** The published numbers in the shape of ours, so that statements can be checked on them. */
export function publishedObservations(): Observation[] {
  return allPublished().flatMap(({ quantity: name, keys, published: { value } }) => {
    const quantity = QUANTITIES.find((known) => known === name);
    const model = MODEL_NAMES.find((known) => known === keys.model);
    if (!quantity || !model) return [];
    const { task, classes, capacityNats } = keys;
    return {
      ...{ quantity, model, value, seed: PUBLISHED_SEED },
      ...(task ? { task } : {}),
      ...(classes ? { classes } : {}),
      ...(capacityNats ? { capacityNats: Number(capacityNats) } : {}),
    };
  });
}
