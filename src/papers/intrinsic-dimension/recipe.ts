import type { DataName } from "./data-sets.js";

/** How much is trained: `paper` as much as the published runs, with several seeds; `quick` few images, thin networks, few epochs. */
export type DimensionPreset = "quick" | "paper";

/** Everything that a preset decides; options of the command line change parts of it. */
export interface Recipe {
  readonly preset: DimensionPreset;
  /** Each K, rising. */
  readonly bottlenecks: readonly number[];
  readonly seeds: number;
  readonly epochs: number;
  /** Epochs after which the networks are measured. */
  readonly measuredEpochs: readonly number[];
  /** Test images at which they are, the first ones. */
  readonly points: number;
  /** The channels of every layer but the last are divided by so many. */
  readonly thinner: number;
  /** Frozen noise, as published, or fresh. */
  readonly noise: "frozen" | "fresh";
  /** Gradients are shortened to this length (rule A9); as published, never. */
  readonly clipNorm?: number;
}

/** The published trainings, but with three seeds each. */
export const PAPER_RECIPE: Recipe = {
  preset: "paper",
  bottlenecks: [2, 4, 8, 16, 32, 64, 128],
  seeds: 3,
  epochs: 200,
  measuredEpochs: [0, 1, 2, 5, 10, 20, 50, 75, 100, 150, 200],
  points: 5000,
  thinner: 1,
  noise: "frozen",
};

/** About half an hour on two cores. */
export const QUICK_RECIPE: Recipe = {
  preset: "quick",
  bottlenecks: [2, 4, 8, 16, 32],
  seeds: 2,
  epochs: 20,
  measuredEpochs: [0, 1, 2, 5, 10, 20],
  points: 2000,
  thinner: 2,
  noise: "frozen",
  // A variance that explodes in the first steps, as some do, would leave the encoder frozen for longer than 20 epochs.
  clipNorm: 30,
};

/** The epochs of a recipe's list that a training of so many epochs has, and its last. */
export function epochsWithin(measured: readonly number[], epochs: number): number[] {
  return [...new Set([...measured.filter((epoch) => epoch < epochs), epochs])];
}

/** A data set as it is trained on. */
export interface DimensionData {
  readonly name: DataName;
  /** As a configuration says it. */
  readonly source: object;
  readonly split: {
    readonly train: readonly [number, number];
    readonly validation: readonly [number, number];
    readonly test: readonly [number, number];
  };
  /** Channels of an image. */
  readonly channels: number;
  /** Name of the label that the features tell apart. */
  readonly label: string;
  /** What is reduced against the published set, in words; undefined where nothing is. */
  readonly reduction?: string;
}

/** What is reduced against the paper, in one sentence for captions; an empty text where nothing is. */
export function reductions(recipe: Recipe, data: readonly DimensionData[]): string {
  const paper = PAPER_RECIPE;
  const parts = [
    ...data.flatMap(({ reduction }) => reduction ?? []),
    ...(recipe.thinner > 1 ? [`layers with 1/${recipe.thinner} of the channels`] : []),
    ...(recipe.epochs < paper.epochs ? [`${recipe.epochs} epochs for ${paper.epochs}`] : []),
    ...(recipe.points < paper.points
      ? [`${recipe.points.toLocaleString("en")} points for ${paper.points.toLocaleString("en")}`]
      : []),
    ...(recipe.bottlenecks.length < paper.bottlenecks.length
      ? [`K of ${recipe.bottlenecks.join(", ")} alone`]
      : []),
    ...(recipe.clipNorm === undefined ? [] : [`gradients shortened to a length of ${recipe.clipNorm}`]),
    ...(recipe.noise === paper.noise ? [] : [`${recipe.noise} noise for ${paper.noise}`]),
  ];
  return parts.length === 0 ? "" : `Reduced against the paper: ${parts.join("; ")}.`;
}
