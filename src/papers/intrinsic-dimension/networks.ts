/** What is recorded of the paper's networks, from the input l0 over the sampled code l5 to the output l10. */
export const LAYERS = ["l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10"] as const;

/** Name of one of {@link LAYERS}. */
export type LayerName = (typeof LAYERS)[number];

/** Place of a layer among all. */
export function placeOf(layer: LayerName): number {
  return LAYERS.indexOf(layer);
}

/** Layers from one to another, both with them. */
export function layersBetween(first: LayerName, last: LayerName): LayerName[] {
  return LAYERS.slice(placeOf(first), placeOf(last) + 1);
}

/** The paper's data, as configurations call them: CIFAR-10 in its main figures, MNIST in its appendix. */
export const DATA_NAMES = ["cifar10", "mnist"] as const;

/** Name of one of {@link DATA_NAMES}. */
export type DataName = (typeof DATA_NAMES)[number];

/** Names of the data sets for people. */
export const DATA_TITLES: Readonly<Record<DataName, string>> = { cifar10: "CIFAR-10", mnist: "MNIST" };

/** Networks of one K on one data set, after this number of epochs. */
export interface Place {
  readonly data: DataName;
  /** K, dimensions of the code. */
  readonly bottleneck: number;
  readonly epoch: number;
}
