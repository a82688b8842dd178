import { SPRITE_FACTORS, type SpriteFactor } from "../../data/dsprites/grid.js";
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
import { choice, list, number, parsed, whole } from "../../settings/index.js";
import { METHOD_NAMES, type MethodName, methodNamed } from "./methods.js";

/** Parts of the paper. */
export const PARTS = ["table1", "table2", "table3", "figures"] as const;
/** Name of one of {@link PARTS}. */
export type Part = (typeof PARTS)[number];

/**
 * Data of Table 1: the paper's three, and MNIST drawn binary here, where the published binary files cannot be
 * had.
 */
export const DATA_NAMES = ["binary-mnist", "omniglot", "fashion-mnist", "mnist"] as const;
/** Name of one of {@link DATA_NAMES}. */
export type DataName = (typeof DATA_NAMES)[number];

/** Names of the data sets for people. */
export const DATA_TITLES: Readonly<Record<DataName, string>> = {
  "binary-mnist": "Binary MNIST",
  omniglot: "Omniglot",
  "fashion-mnist": "Fashion-MNIST",
  mnist: "MNIST drawn binary",
};

/** Everything that a preset decides. */
export interface EchoValues extends DataPlace {
  readonly only: readonly Part[];
  /** Undefined: those of the small data that are there. */
  readonly data?: readonly DataName[];
  readonly methods: readonly MethodName[];
  readonly seeds: number;
  /** Those of the methods that have the first seed alone. */
  readonly oneSeed: readonly MethodName[];
  /**
   * Those of the methods whose curves are drawn (Figures 2, 3 and 5). Which ones the paper draws cannot be known from its text:
   * these are our choice.
   */
  readonly curves: readonly MethodName[];
  /** Of the curves. */
  readonly betas: readonly number[];
  readonly curveSeeds: number;
  /** Of the models on images, unless their steps are given. */
  readonly epochs: number;
  /** Training steps of every model on images, on whatever data. */
  readonly imageSteps?: number;
  /**
   * The networks on images. The small ones have half of the channels, and no layers that keep the size of a
   * map: these take nearly all of the time.
   */
  readonly networks: NetworkSize;
  readonly pseudoInputs: number;
  readonly learningRate: number;
  /**
   * Echo, InfoVAE and IAF+MMD begin so that their codes are used from the first steps on; as published, that takes
   * longer than a short training has.
   */
  readonly quickStart: boolean;
  /**
   * Evaluations of a model on images over its training. One of 10,000 images costs as much as 30 steps: the
   * published 100,000 steps have ten of them.
   */
  readonly evaluations: number;
  /** Codes drawn for each test image where densities of a code are estimated. */
  readonly samplesPerImage: number;
  /** The images of Table 2 and Figure 4: the published file, or a smaller grid drawn here. */
  readonly sprites: "dsprites" | "generated";
  /** Of a generated grid: the number of values of each factor, and the side of an image. */
  readonly factors: Readonly<Record<SpriteFactor, number>>;
  readonly size: 64 | 32;
  readonly steps: number;
  readonly spriteLearningRate: number;
  /** Layers of the network that distinguishes codes from shuffled codes. */
  readonly discriminator: readonly number[];
  /** Rows of Table 2 that are trained, counted from 1. */
  readonly rows: readonly number[];
}

/** Everything that decides a reproduction: a preset with what was changed of it. */
export type Recipe = RecipeOf<EchoValues>;

const CURVES: readonly MethodName[] = ["Echo", "VAE", "InfoVAE", "VAE-Vamp", "IAF-Prior", "IAF-Vamp"];

/** A generated grid has these factors in every preset: one for the paper's networks would take days. */
const FACTORS = { shape: 3, scale: 4, orientation: 8, posX: 10, posY: 10 };

/**
 * The published trainings; what two cores do in twelve hours; and what they do in ten minutes. The paper does not give its grid of beta:
 * ours is our choice.
 */
export const PRESETS: Readonly<Record<Preset, EchoValues>> = {
  paper: {
    only: PARTS,
    data: ["binary-mnist", "omniglot", "fashion-mnist"],
    methods: METHOD_NAMES,
    seeds: 10,
    oneSeed: [],
    curves: CURVES,
    betas: [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8],
    curveSeeds: 3,
    epochs: 200,
    networks: "paper",
    pseudoInputs: 750,
    learningRate: 3e-4,
    quickStart: false,
    evaluations: 10,
    // The paper draws 2,000 for each image: the density's curve does not change visibly beyond these.
    samplesPerImage: 20,
    sprites: "dsprites",
    factors: FACTORS,
    size: 64,
    steps: 300_000,
    spriteLearningRate: 1e-4,
    discriminator: [1000, 1000, 1000, 1000, 1000, 1000],
    rows: [1, 2, 3, 4, 5, 6, 7],
    sets: "whole",
    folder: "data",
  },
  day: {
    only: PARTS,
    // Grey MNIST is drawn binary here: the published binary files cannot be had everywhere.
    data: ["mnist", "fashion-mnist"],
    methods: METHOD_NAMES,
    seeds: 2,
    oneSeed: ["VAE-MAF", "IAF-Prior", "IAF+MMD", "IAF-MAF", "IAF-Vamp"],
    curves: ["Echo", "VAE"],
    betas: [0.3, 0.5, 1, 2, 4],
    curveSeeds: 2,
    epochs: 200,
    imageSteps: 10_000,
    networks: "half",
    pseudoInputs: 100,
    learningRate: 1e-3,
    quickStart: true,
    evaluations: 20,
    samplesPerImage: 20,
    sprites: "generated",
    factors: FACTORS,
    size: 32,
    steps: 10_000,
    spriteLearningRate: 1e-3,
    discriminator: [256, 256, 256],
    rows: [1, 2, 3, 4, 5, 6, 7],
    sets: "whole",
    folder: "data",
  },
  quick: {
    only: PARTS,
    // Without the flows, which take long and gain little.
    methods: ["Echo", "VAE", "InfoVAE", "VAE-Vamp"],
    seeds: 1,
    oneSeed: [],
    curves: ["Echo", "VAE"],
    betas: [0.3, 1, 4],
    curveSeeds: 1,
    epochs: 5,
    imageSteps: 500,
    networks: "small",
    pseudoInputs: 100,
    learningRate: 1e-3,
    quickStart: true,
    evaluations: 8,
    samplesPerImage: 10,
    sprites: "generated",
    factors: FACTORS,
    size: 32,
    steps: 1000,
    spriteLearningRate: 1e-3,
    discriminator: [256, 256, 256],
    rows: [1, 2, 4, 6],
    sets: "small",
    folder: "data",
  },
};

/** Side of the sprites: dSprites are 64 x 64. */
export function spriteSize({ sprites, size }: EchoValues): 64 | 32 {
  return sprites === "dsprites" ? 64 : size;
}

export const SETTINGS: SettingsOf<EchoValues> = {
  only: list(choice(PARTS, { about: "" }), { about: "parts of the paper" }),
  data: list(choice(DATA_NAMES, { about: "" }), { about: "data sets of images" }),
  methods: list(parsed(methodNamed, { about: "", placeholder: "method" }), { about: "methods" }),
  seeds,
  oneSeed: list(parsed(methodNamed, { about: "", placeholder: "method" }), {
    about: "those of the methods that are trained with seed 0 alone",
  }),
  curves: list(parsed(methodNamed, { about: "", placeholder: "method" }), {
    about: "those of the methods whose curves are drawn",
  }),
  betas: list(number({ about: "", above: 0 }), { about: "values of beta of the curves" }),
  curveSeeds: whole({ about: "number of seeds of the curves, from 0 on", minimum: 1, maximum: 100 }),
  epochs,
  imageSteps: whole({
    about: "training steps of every model on images, in place of epochs",
    minimum: 1,
    maximum: 10_000_000,
  }),
  pseudoInputs: whole({ about: "pseudo-inputs of the VampPrior", minimum: 1, maximum: 10_000 }),
  steps: whole({ about: "training steps of the models on sprites", minimum: 1, maximum: 10_000_000 }),
  sprites: choice(["dsprites", "generated"], {
    about: "the images of Table 2: the published file, or a smaller grid drawn here",
  }),
  networks,
  sets,
  folder,
};

const [IMAGES, SPRITES] = [["images"], ["sprites"]];

/** What help calls a value that a preset leaves open. */
export const OPEN = { data: "what is there", imageSteps: "those of the epochs" };

/** The networks of each size in words. */
const NETWORKS: Readonly<Record<NetworkSize, string>> = {
  paper: "the paper's",
  half: "every layer of the paper's with half of the channels",
  small: "layers with half of the channels, without the layers that keep the size of a map",
};

export const REPORTED: Labels<Recipe> = {
  networks: {
    what: "networks",
    show: (size) => NETWORKS[size],
    concerns: IMAGES,
  },
  epochs: {
    what: "length of trainings",
    show: (epochs, { imageSteps }) =>
      imageSteps === undefined ? `${epochs} epochs` : `${imageSteps.toLocaleString("en")} steps`,
    concerns: IMAGES,
  },
  learningRate: { what: "learning rate", concerns: IMAGES },
  quickStart: {
    what: "start of Echo, InfoVAE and IAF+MMD",
    show: (isQuick) =>
      isQuick
        ? "initial weights after He et al. and a rate that is free at first, Echo also with a bias for each pixel at the mean image"
        : "as published",
    concerns: IMAGES,
  },
  pseudoInputs: { what: "pseudo-inputs", concerns: IMAGES },
  sprites: {
    what: "sprites",
    show: (kind, { factors }) =>
      kind === "dsprites"
        ? "dSprites"
        : `drawn here on a grid of ${SPRITE_FACTORS.map((name) => factors[name]).join(" x ")}`,
    concerns: SPRITES,
  },
  size: {
    what: "pixels of a sprite",
    show: (_, recipe) => `${spriteSize(recipe)} x ${spriteSize(recipe)}`,
    concerns: SPRITES,
  },
  steps: { what: "steps on sprites", concerns: SPRITES },
  spriteLearningRate: { what: "learning rate on sprites", concerns: SPRITES },
  discriminator: {
    what: "discriminator",
    show: (layers) => `${layers.length} layers of ${layers[0]}`,
    concerns: SPRITES,
  },
  seeds: { what: "seeds", concerns: [...IMAGES, ...SPRITES] },
  oneSeed: {
    what: "methods with one seed",
    show: (methods) => (methods.length === 0 ? "none" : methods.join(", ")),
    concerns: IMAGES,
  },
};
