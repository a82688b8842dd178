import type { Imbalance } from "../geometry/information-imbalance/index.js";
import { OUTER_LAYERS } from "../model/layers.js";
import type { SpaceMeasures } from "./one-space.js";
import type { Arrow, MeasuredSpaces } from "./spaces.js";

/** A layer of a model: its own measures, and its information imbalances to others. Deltas are null if they were not, or cannot be, measured. */
export interface LayerProfile extends SpaceMeasures {
  /** Delta(this -> input). */
  readonly toInput: Imbalance | null;
  /** Delta(this -> output). */
  readonly toOutput: Imbalance | null;
  /** Delta(this -> the next layer of the way). */
  readonly forward: Imbalance | null;
  /** Delta(the next layer of the way -> this). */
  readonly backward: Imbalance | null;
}

/**
 * The arrows that were measured, put to the layers they start from.
 * @param measured what `measureLayers` gives.
 * @returns one profile for each layer, in the same order.
 */
export function profileOf({
  spaces,
  arrows,
  imbalances,
}: MeasuredSpaces & { readonly arrows: readonly Arrow[] }): LayerProfile[] {
  const along = (from: number, to: number | undefined) =>
    imbalances[arrows.findIndex((arrow) => arrow.from === from && arrow.to === to)] ?? null;
  const placeOf = (name: string) => spaces.findIndex((space) => space.name === name);
  const path = layerPath(spaces.map(({ name }) => name));
  return spaces.map((space, place) => {
    const step = path.indexOf(place);
    const next = step < 0 ? undefined : path[step + 1];
    return {
      ...space,
      toInput: along(place, placeOf(OUTER_LAYERS.input)),
      toOutput: along(place, placeOf(OUTER_LAYERS.output)),
      forward: along(place, next),
      backward: next === undefined ? null : along(next, place),
    };
  });
}

/** Indices of the layers that an image passes in order: all except the code's mean, which the sampled code represents. */
export function layerPath(names: readonly string[]): number[] {
  return [...names.keys()].filter((place) => names[place] !== OUTER_LAYERS.mean);
}
