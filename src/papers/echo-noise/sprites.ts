import { join } from "node:path";
import { DOWNLOADS } from "../../data/downloads/registry.js";
import { dependentSubset } from "../../data/dsprites/dependent-subset.js";
import { DSPRITES_SIZES, gridLength, SPRITE_FACTORS } from "../../data/dsprites/grid.js";
import type { PlannedRun } from "../../plans/plan.js";
import { firstSeeds } from "../../reproduction/definition.js";
import { placeOf } from "../../reproduction/set-place.js";
import type { AutoencoderConfiguration } from "../../reproduction/shipped.js";
import { SPRITE_STEP_MS } from "./costs.js";
import type { EchoChoice } from "./data.js";
import {
  CHANNELS,
  type ChannelName,
  FACTOR_KINDS,
  type FactorKind,
  publishedDependence,
} from "./published.js";
import { type EchoValues, type Recipe, spriteSize } from "./recipe.js";
import { atBeta, paperFile } from "./runs.js";

/** A row of Table 2. */
export interface Setting {
  /** Counted from 1, as the rows of Table 2 stand. */
  readonly row: number;
  readonly beta: number;
  readonly gamma: number;
}

/**
 * The rows of Table 2. That three have rising beta and four rising gamma, from beta = 1 and gamma = 0 on, is
 * known from the paper; the other values are lost, and these are chosen from the grids of Locatello et al.
 * 2019.
 */
export const TABLE_2_SETTINGS: readonly Setting[] = [
  { row: 1, beta: 1, gamma: 0 },
  { row: 2, beta: 4, gamma: 0 },
  { row: 3, beta: 8, gamma: 0 },
  { row: 4, beta: 1, gamma: 0 },
  { row: 5, beta: 1, gamma: 10 },
  { row: 6, beta: 1, gamma: 20 },
  { row: 7, beta: 1, gamma: 50 },
];

/** The seed whose mask has the share and the total correlation that the paper reports. */
const DEPENDENT_SEED = 1290;

/** Which of the models of Table 2. */
export interface SpritesChoice {
  readonly channel: ChannelName;
  readonly factors: FactorKind;
  readonly beta: number;
  readonly gamma: number;
  readonly seed: number;
}

/** A training of one of them. */
export type PlannedSprites = PlannedRun & SpritesChoice & { readonly kind: "sprites" };

/** How many values each factor has. */
export function gridSizes({ sprites, factors }: EchoValues): readonly number[] {
  return sprites === "dsprites" ? DSPRITES_SIZES : SPRITE_FACTORS.map((name) => factors[name]);
}

/** Rows of the grid that a model is trained on. */
function trainingRows(recipe: EchoValues, factors: FactorKind): number {
  const sizes = gridSizes(recipe);
  return factors === "independent" ? gridLength(sizes) : dependentSubset(DEPENDENT_SEED, sizes).rows.length;
}

/** Rows on which a training is watched: the first of the random order in which they are drawn. */
const WATCHED_ROWS = 2000;
/** An evaluation of these costs as much as ten steps. */
const LEAST_BETWEEN_EVALUATIONS = 500;

/** The published archive, where it is not in the folder `data`. */
function fileOf(recipe: EchoValues): { readonly file?: string } {
  const { folder } = placeOf("dsprites", recipe);
  return folder === undefined ? {} : { file: join(folder, DOWNLOADS.dsprites.files[0].name) };
}

/** As a configuration names the images: all rows in random order, so that the first are as good as any. */
function sourceOf(recipe: EchoValues, subset: string, samples: number) {
  return recipe.sprites === "dsprites"
    ? { dsprites: { ...fileOf(recipe), subset, samples } }
    : { sprites: { factors: recipe.factors, size: spriteSize(recipe), subset, samples } };
}

/**
 * How much of the grid the mask of the dependent factors leaves, and their total correlation then, with the
 * paper's.
 */
export function dependenceText(recipe: EchoValues): string {
  const { keptFraction, totalCorrelationNats } = dependentSubset(DEPENDENT_SEED, gridSizes(recipe));
  const { kept, totalCorrelationNats: published } = publishedDependence();
  return `Dependent factors: pairs of their values never occur, which leaves ${(100 * keptFraction).toFixed(1)} % of the grid and gives the factors a total correlation of ${totalCorrelationNats.toFixed(2)} nats (the paper: ${100 * kept} %, ${published} nats).`;
}

/**
 * A model of Table 2 at beta = 1 and gamma = 0 with seed 0: it is trained on all rows, and measured on all
 * too.
 * @throws UserError when the channel's configuration file cannot be read, or does not fit the recipe.
 */
export function spritesConfiguration(
  channel: ChannelName,
  factors: FactorKind,
  recipe: Recipe,
): AutoencoderConfiguration {
  const file = channel === "Echo" ? "echo-dsprites" : "vae-dsprites";
  const base = paperFile(file);
  const rows = trainingRows(recipe, factors);
  const subset = factors === "independent" ? "all" : `dependent-${DEPENDENT_SEED}`;
  const perEpoch = Math.floor(rows / base.training.batchSize);
  const watched = [0, Math.min(rows, WATCHED_ROWS)];
  return paperFile(file, [
    `name=${[file.replace("dsprites", factors), ...(recipe.sprites === "dsprites" ? [] : [recipe.sprites])].join("-")}`,
    `data=${JSON.stringify(sourceOf(recipe, subset, rows))}`,
    `split=${JSON.stringify({ train: [0, rows], validation: watched, test: [0, rows] })}`,
    ...smallerOverrides(base, spriteSize(recipe)),
    `optimizer.learningRate=${recipe.spriteLearningRate}`,
    `training.epochs=${Math.ceil(recipe.steps / perEpoch)}`,
    `training.steps=${recipe.steps}`,
    `training.evaluateEverySteps=${Math.max(LEAST_BETWEEN_EVALUATIONS, Math.ceil(recipe.steps / 5))}`,
  ]);
}

/** For images of half the side, the decoder's first map and the dense layer before it are smaller too. */
function smallerOverrides({ model: { decoder } }: AutoencoderConfiguration, size: number): string[] {
  if (size === 64) return [];
  const { map, dense } = decoder as unknown as StackedDecoder;
  const side = size / 16;
  return [
    `model.decoder.map=${JSON.stringify({ size: [side, side], channels: map.channels })}`,
    `model.decoder.dense=${JSON.stringify([...dense.slice(0, -1), side * side * map.channels])}`,
  ];
}

/** As much of the decoder's settings as depends on the size of the images. */
interface StackedDecoder {
  readonly map: { readonly channels: number };
  readonly dense: readonly number[];
}

/** The same model with a price on the total correlation of its code. */
function atGamma(
  configuration: AutoencoderConfiguration,
  gamma: number,
  { discriminator, spriteLearningRate: learningRate }: EchoValues,
): AutoencoderConfiguration {
  if (gamma === 0) return configuration;
  return {
    ...configuration,
    model: {
      ...configuration.model,
      regularizers: [
        {
          type: "total-correlation",
          weight: gamma,
          hidden: [...discriminator],
          learningRate,
          beta1: 0.5,
          beta2: 0.999,
        },
      ],
    },
  };
}

/** Settings that differ, of the rows that are trained. */
function trainedSettings({ rows }: EchoValues): Setting[] {
  const chosen = TABLE_2_SETTINGS.filter(({ row }) => rows.includes(row));
  return chosen.filter(
    ({ beta, gamma }, k) => chosen.findIndex((other) => other.beta === beta && other.gamma === gamma) === k,
  );
}

/**
 * The trainings on sprites, each once: Table 2 both channels on independent and dependent factors in every
 * setting with every seed, Figure 4 one of them.
 */
export function spritesPlan({ recipe }: Pick<EchoChoice, "recipe">): PlannedSprites[] {
  const { only, seeds, methods } = recipe;
  const whole = only.includes("table2");
  if (!whole && !only.includes("figures")) return [];
  const seedList = firstSeeds(whole ? seeds : 1);
  const channels = CHANNELS.filter((channel) => methods.includes(channel) && (whole || channel === "Echo"));
  return channels.flatMap((channel) =>
    (whole ? FACTOR_KINDS : (["independent"] as const)).flatMap((factors) => {
      const configuration = spritesConfiguration(channel, factors, recipe);
      const settings = whole ? trainedSettings(recipe) : [TABLE_2_SETTINGS[0]!];
      return settings.flatMap(({ beta, gamma }) =>
        seedList.map((seed) => ({
          kind: "sprites" as const,
          channel,
          factors,
          beta,
          gamma,
          seed,
          name: `${channel} on ${factors} factors, beta = ${beta}, gamma = ${gamma}, seed ${seed}`,
          runName: `${configuration.name}-beta${beta}-gamma${gamma}-s${seed}`,
          configuration: atGamma(atBeta(configuration, beta, seed), gamma, recipe),
          stepMilliseconds: SPRITE_STEP_MS[spriteSize(recipe)],
        })),
      );
    }),
  );
}
