/** What is recorded of the paper's networks, from the input l0 over the sampled code l5 to the output l10. */
export const LAYERS = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10"] as const;

export type LayerName = (typeof LAYERS)[number];

/** Place of a layer among all. */
export function placeOf(layer: LayerName): number {
  return LAYERS.indexOf(layer);
}

/** Layers from one to another, both with them. */
export function layersBetween(first: LayerName, last: LayerName): LayerName[] {
  return LAYERS.slice(placeOf(first), placeOf(last) + 1);
}
