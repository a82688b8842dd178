import { CURVE_METHODS, METHOD_NAMES, type MethodName, QUICK_METHODS } from "./methods.js";

/** How much is trained: `paper` as much as the published runs, `quick` small data, small networks and few epochs. */
export type EchoPreset = "quick" | "paper";

/** Where the images of Table 2 come from: the published file, or drawn here. */
export type SpriteGrid = "dsprites" | "generated";

/** How the models of Tables 1 and 3 and of the curves are trained. */
export interface ImageRecipe {
  readonly epochs: number;
  /** The channels of every layer but the last are divided by so many. */
  readonly thinner: number;
  /** Without the layers that keep the size of the map, but for the last: they take most of the time. */
  readonly shallow: boolean;
  readonly pseudoInputs: number;
  readonly learningRate: number;
  /** Echo and InfoVAE begin so that their codes are used from the first steps on; as published, that takes longer than a short training has. */
  readonly quickStart: boolean;
  /** An evaluation of 10,000 images costs as much as 30 steps. */
  readonly evaluateEverySteps: number;
}

/** How those of Table 2 and Figure 4 are trained. */
export interface SpritesRecipe {
  readonly grid: SpriteGrid;
  /** Of a generated grid: how many values each factor has, and the side of an image. */
  readonly factors: Readonly<Record<"shape" | "scale" | "orientation" | "posX" | "posY", number>>;
  readonly size: 64 | 32;
  readonly steps: number;
  readonly learningRate: number;
  /** Layers of the network that tells codes from shuffled codes. */
  readonly discriminator: readonly number[];
  /** Rows of Table 2 that are trained, counted from 1. */
  readonly rows: readonly number[];
}

/** Everything that a preset decides; options of the command line change parts of it. */
export interface Recipe {
  readonly preset: EchoPreset;
  readonly methods: readonly MethodName[];
  readonly images: ImageRecipe;
  readonly sprites: SpritesRecipe;
  /** Of the curves. */
  readonly betas: readonly number[];
  /** Codes drawn for each test image where densities of a code are estimated. */
  readonly samplesPerImage: number;
  readonly seeds: number;
}

/** The published trainings. The grid of beta is not told in the text; ours is said to be so (docs/reproduction-echo.md). */
export const PAPER_RECIPE: Recipe = {
  preset: "paper",
  methods: METHOD_NAMES,
  images: {
    epochs: 200,
    thinner: 1,
    shallow: false,
    pseudoInputs: 750,
    learningRate: 3e-4,
    quickStart: false,
    evaluateEverySteps: 10_000,
  },
  sprites: {
    grid: "dsprites",
    factors: { shape: 3, scale: 6, orientation: 40, posX: 32, posY: 32 },
    size: 64,
    steps: 300_000,
    learningRate: 1e-4,
    discriminator: [1000, 1000, 1000, 1000, 1000, 1000],
    rows: [1, 2, 3, 4, 5, 6, 7],
  },
  betas: [0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8],
  // The paper draws 2,000 for each image: the density's curve does not change visibly beyond these.
  samplesPerImage: 20,
  seeds: 10,
};

/** About half an hour on two cores. */
export const QUICK_RECIPE: Recipe = {
  preset: "quick",
  methods: QUICK_METHODS,
  images: {
    epochs: 10,
    thinner: 2,
    shallow: true,
    pseudoInputs: 100,
    learningRate: 1e-3,
    quickStart: true,
    evaluateEverySteps: 500,
  },
  sprites: {
    grid: "generated",
    factors: { shape: 3, scale: 4, orientation: 8, posX: 10, posY: 10 },
    size: 32,
    steps: 3000,
    learningRate: 1e-3,
    discriminator: [256, 256, 256],
    rows: [1, 2, 4, 6],
  },
  betas: [0.3, 1, 3, 8],
  samplesPerImage: 10,
  seeds: 1,
};

/** The methods of a recipe whose curves are drawn. */
export function curveMethods({ methods }: Recipe): MethodName[] {
  return CURVE_METHODS.filter((name) => methods.includes(name));
}

/** What images a recipe's numbers come from, besides what it says itself. */
interface Reduced {
  /** Of each data set that is not the published one, what it is. */
  readonly data: readonly string[];
  readonly seeds: number;
}

/**
 * What is reduced against the paper in the trainings on images, in one sentence for captions; an empty text where nothing is.
 */
export function imageReductions({ images }: Recipe, { data, seeds }: Reduced): string {
  const paper = PAPER_RECIPE.images;
  return sentence([
    ...data,
    ...(images.shallow ? ["networks without the layers that keep the size of a map"] : []),
    ...(images.thinner > 1 ? [`layers with 1/${images.thinner} of the channels`] : []),
    ...(images.epochs < paper.epochs ? [`${images.epochs} epochs for ${paper.epochs}`] : []),
    ...(images.learningRate === paper.learningRate ? [] : [`learning rate ${images.learningRate}`]),
    ...(images.quickStart
      ? [
          "Echo and InfoVAE begun with first values after He et al. and a rate that is free at first, Echo also with a bias for each pixel at the mean image",
        ]
      : []),
    ...(images.pseudoInputs < paper.pseudoInputs
      ? [`${images.pseudoInputs} pseudo-inputs for ${paper.pseudoInputs}`]
      : []),
    ...seedsOf(seeds),
  ]);
}

/** The same of the trainings on sprites. */
export function spriteReductions({ sprites }: Recipe, { data, seeds }: Reduced): string {
  const paper = PAPER_RECIPE.sprites;
  const smaller = sprites.size < paper.size;
  return sentence([
    ...data,
    ...(smaller ? [`images and networks for ${sprites.size} x ${sprites.size} pixels`] : []),
    ...(sprites.steps < paper.steps ? [`${sprites.steps} steps for ${paper.steps}`] : []),
    ...(sprites.learningRate === paper.learningRate ? [] : [`learning rate ${sprites.learningRate}`]),
    ...(sprites.discriminator.join() === paper.discriminator.join()
      ? []
      : [`a discriminator of ${sprites.discriminator.length} layers of ${sprites.discriminator[0]}`]),
    ...seedsOf(seeds),
  ]);
}

function seedsOf(seeds: number): string[] {
  return seeds < PAPER_RECIPE.seeds
    ? [`${seeds} ${seeds === 1 ? "seed" : "seeds"} for ${PAPER_RECIPE.seeds}`]
    : [];
}

function sentence(parts: readonly string[]): string {
  return parts.length === 0 ? "" : `Reduced against the paper: ${parts.join("; ")}.`;
}
