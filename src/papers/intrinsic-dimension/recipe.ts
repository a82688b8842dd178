import {
  type DataPlace,
  epochs,
  folder,
  type NetworkSize,
  networks,
  type Preset,
  type Recipe as RecipeOf,
  type SettingsOf,
  seeds,
  sets,
} from "../../reproduction/definition.js";
import type { Labels } from "../../reproduction/reductions.js";
import { choice, list, whole } from "../../settings/index.js";
import { DATA_NAMES, type DataName } from "./networks.js";

/** Everything that a preset decides. */
export interface DimensionValues extends DataPlace {
  readonly data: readonly DataName[];
  /** Images to train on, the first ones; undefined for four fifths of those that train, as published. */
  readonly images?: number;
  /** Each K. */
  readonly dimensions: readonly number[];
  readonly seeds: number;
  readonly epochs: number;
  /** Test images at which layers are measured, the first ones. */
  readonly points: number;
  readonly networks: NetworkSize;
  /** The same noise in every epoch, as published, or fresh. */
  readonly noise: "frozen" | "fresh";
  /** Gradient clipping (rule A9); as published, there is none. */
  readonly clipNorm?: number;
}

export type Recipe = RecipeOf<DimensionValues>;

/** The published trainings, but with three seeds each; what two cores do in twelve hours; and what they do in ten minutes. */
export const PRESETS: Readonly<Record<Preset, DimensionValues>> = {
  paper: {
    data: ["cifar10"],
    dimensions: [2, 4, 8, 16, 32, 64, 128],
    seeds: 3,
    epochs: 200,
    points: 5000,
    networks: "paper",
    noise: "frozen",
    sets: "whole",
    folder: "data",
  },
  day: {
    data: ["cifar10"],
    images: 8000,
    dimensions: [2, 4, 8, 16, 32, 64, 128],
    seeds: 3,
    epochs: 200,
    points: 5000,
    networks: "half",
    noise: "frozen",
    sets: "whole",
    folder: "data",
  },
  quick: {
    data: ["mnist"],
    // Below the dimension of the images and above it, with pairs of K and 2K.
    dimensions: [2, 8, 16, 32],
    seeds: 1,
    epochs: 20,
    points: 1500,
    networks: "small",
    noise: "frozen",
    sets: "small",
    folder: "data",
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

/** What the channels of every layer but the last are divided by. */
const THINNER: Readonly<Record<NetworkSize, number>> = { paper: 1, half: 2, small: 4 };

/** The channels of every layer but the last are divided by this. */
export function thinnerOf({ networks }: Pick<DimensionValues, "networks">): number {
  return THINNER[networks];
}

export const SETTINGS: SettingsOf<DimensionValues> = {
  data: list(choice(DATA_NAMES, { about: "" }), { about: "data sets of images" }),
  images: whole({
    about: "images to train on, the first ones",
    minimum: 1,
    maximum: 60_000,
  }),
  dimensions: list(whole({ about: "", minimum: 1, maximum: 1024 }), { about: "dimensions K of the code" }),
  seeds,
  epochs,
  // Fewer points have no neighbours to compare.
  points: whole({ about: "test images at which layers are measured", minimum: 10, maximum: 10_000 }),
  networks,
  noise: choice(["frozen", "fresh"], {
    about: "the same noise in every epoch, as published, or fresh noise",
  }),
  sets,
  folder,
};

/** What help calls a value that a preset leaves open. */
export const OPEN = { images: "all that train" };

export const REPORTED: Labels<Recipe> = {
  networks: {
    what: "channels of each layer",
    show: (_, recipe) => `1/${thinnerOf(recipe)}`.replace("1/1", "all"),
  },
  images: {
    what: "images to train on",
    show: (images) => (images === undefined ? "all" : images.toLocaleString("en")),
  },
  epochs: { what: "epochs" },
  points: { what: "test images measured" },
  dimensions: { what: "K" },
  seeds: { what: "seeds" },
  clipNorm: { what: "gradient clipping at a norm of" },
  noise: { what: "noise" },
};
