import {
  epochs,
  type NetworkSize,
  networks,
  type Recipe as RecipeOf,
  type SettingsOf,
  seeds,
  small,
} from "../../reproduction/definition.js";
import type { Labels } from "../../reproduction/reductions.js";
import { choice, list, whole } from "../../settings/index.js";
import { DATA_NAMES, type DataName } from "./networks.js";

/** Everything that a preset decides. */
export interface DimensionValues {
  readonly data: readonly DataName[];
  /** Each K. */
  readonly dimensions: readonly number[];
  readonly seeds: number;
  readonly epochs: number;
  /** Test images at which layers are measured, the first ones. */
  readonly points: number;
  readonly networks: NetworkSize;
  /** The same noise in every epoch, as published, or fresh. */
  readonly noise: "frozen" | "fresh";
  readonly small: string;
  /** Gradient clipping (rule A9); as published, there is none. */
  readonly clipNorm?: number;
}

export type Recipe = RecipeOf<DimensionValues>;

/** The published trainings, but with three seeds each; and about half an hour on two cores. */
export const PRESETS: { readonly paper: DimensionValues; readonly quick: DimensionValues } = {
  paper: {
    data: ["cifar10"],
    dimensions: [2, 4, 8, 16, 32, 64, 128],
    seeds: 3,
    epochs: 200,
    points: 5000,
    networks: "paper",
    noise: "frozen",
    small: "data",
  },
  quick: {
    data: ["mnist"],
    dimensions: [2, 4, 8, 16, 32],
    seeds: 2,
    epochs: 20,
    points: 2000,
    networks: "small",
    noise: "frozen",
    small: "data",
    // A variance that explodes in the first steps, as some do, would leave the encoder frozen for longer than
    // 20 epochs.
    clipNorm: 30,
  },
};

/** Epochs after which networks are measured, as far as a training has them. */
const MEASURED_EPOCHS = [0, 1, 2, 5, 10, 20, 50, 75, 100, 150, 200];

/** The epochs after which a training of this number of epochs is measured, the last among them. */
export function measuredEpochs(epochs: number): number[] {
  return [...new Set([...MEASURED_EPOCHS.filter((epoch) => epoch < epochs), epochs])];
}

/** The channels of every layer but the last are divided by this. */
export function thinnerOf({ networks }: Pick<DimensionValues, "networks">): number {
  return networks === "small" ? 2 : 1;
}

export const SETTINGS: SettingsOf<DimensionValues> = {
  data: list(choice(DATA_NAMES, { about: "" }), { about: "data sets of the preset paper" }),
  dimensions: list(whole({ about: "", minimum: 1, maximum: 1024 }), { about: "dimensions K of the code" }),
  seeds,
  epochs,
  // Fewer points have no neighbours to compare.
  points: whole({ about: "test images at which layers are measured", minimum: 10, maximum: 10_000 }),
  networks,
  noise: choice(["frozen", "fresh"], {
    about: "the same noise in every epoch, as published, or fresh noise",
  }),
  small,
};

export const REPORTED: Labels<Recipe> = {
  networks: {
    what: "channels of each layer",
    show: (_, recipe) => `1/${thinnerOf(recipe)}`.replace("1/1", "all"),
  },
  epochs: { what: "epochs" },
  points: { what: "test images measured" },
  dimensions: { what: "K" },
  seeds: { what: "seeds" },
  clipNorm: { what: "gradient clipping at a norm of" },
  noise: { what: "noise" },
};
