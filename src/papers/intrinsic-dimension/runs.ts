import type { Configuration } from "../../configuration/schema.js";
import type { PlannedRun } from "../../plans/plan.js";
import { firstSeeds } from "../../reproduction/definition.js";
import {
  type AutoencoderConfiguration,
  shippedAutoencoder,
  shippedConfiguration,
} from "../../reproduction/shipped.js";
import { FEATURES_STEP_MS, NETWORK_STEP_MS } from "./costs.js";
import type { DimensionChoice, DimensionData } from "./data.js";
import { measuredEpochs, type Recipe, thinnerOf } from "./recipe.js";

/** A network of the plan. */
export interface PlannedNetwork extends PlannedRun {
  readonly kind: "network";
  readonly data: DimensionData;
  readonly bottleneck: number;
  readonly seed: number;
}

/** The classifier whose features quality on a data set is measured on. */
export interface PlannedFeatures extends PlannedRun {
  readonly kind: "features";
  readonly data: DimensionData;
}

/**
 * The trainings of a choice: the classifiers, then networks seed by seed, so that a whole row of K is there
 * early.
 */
export function dimensionPlan({ data, recipe }: DimensionChoice): (PlannedFeatures | PlannedNetwork)[] {
  const seeds = firstSeeds(recipe.seeds);
  const bottlenecks = recipe.dimensions.toSorted((a, b) => a - b);
  return [
    ...data.map((set): PlannedFeatures => {
      const configuration = featuresConfiguration(set, recipe);
      return {
        kind: "features",
        data: set,
        name: `classifier of ${set.name}`,
        runName: configuration.name,
        configuration,
        stepMilliseconds: FEATURES_STEP_MS,
      };
    }),
    ...data.flatMap((set) =>
      seeds.flatMap((seed) =>
        bottlenecks.map((bottleneck): PlannedNetwork => {
          const configuration = { ...networkConfiguration(set, bottleneck, recipe), seed };
          return {
            kind: "network",
            data: set,
            bottleneck,
            seed,
            name: `${set.name}, K = ${bottleneck}, seed ${seed}`,
            runName: `${configuration.name}-s${seed}`,
            configuration,
            stepMilliseconds: NETWORK_STEP_MS[recipe.networks],
          };
        }),
      ),
    ),
  ];
}

/** The paper's network with a code of K dimensions, with seed 0. */
export function networkConfiguration(
  data: DimensionData,
  bottleneck: number,
  recipe: Recipe,
): AutoencoderConfiguration {
  const base = shippedAutoencoder("intrinsic-dimension/vae");
  return shippedAutoencoder("intrinsic-dimension/vae", [
    `name=${nameOf("dimension", data, recipe)}-k${bottleneck}`,
    ...ofData(data),
    `model.channel.dimensions=${bottleneck}`,
    ...layerOverrides(base, thinnerOf(recipe), data.channels),
    `training.epochs=${recipe.epochs}`,
    `training.noise=${recipe.noise}`,
    ...(recipe.clipNorm === undefined ? [] : [`optimizer.clipNorm=${recipe.clipNorm}`]),
    `training.snapshotEpochs=${JSON.stringify(measuredEpochs(recipe.epochs))}`,
  ]);
}

/** A classifier of the same training images. */
export function featuresConfiguration(data: DimensionData, recipe: Recipe): Configuration {
  return shippedConfiguration("intrinsic-dimension/features", [
    `name=${nameOf("features", data, recipe)}`,
    ...ofData(data),
    `model.heads.0.task=${data.label}`,
    `training.epochs=${Math.min(20, recipe.epochs)}`,
  ]);
}

function nameOf(what: string, data: DimensionData, recipe: Recipe): string {
  const { sets, networks } = recipe;
  return [
    what,
    data.name,
    ...(sets === "small" ? ["small"] : []),
    ...(networks === "paper" ? [] : [`thin${thinnerOf(recipe)}`]),
  ].join("-");
}

function ofData({ source, split }: DimensionData): string[] {
  return [`data=${JSON.stringify(source)}`, `split=${JSON.stringify(split)}`];
}

/** The settings of an encoder or a decoder that describe its layers. */
interface Stack {
  readonly layers: readonly { readonly channels: number }[];
  readonly dense?: readonly number[];
  readonly map?: { readonly size: readonly number[]; readonly channels: number };
}

/** A share of the channels in every layer, and an output of as many channels as the images have. */
function layerOverrides({ model }: AutoencoderConfiguration, thinner: number, channels: number): string[] {
  // The file has no other encoders and decoders than these.
  const [inward, outward] = [model.encoder, model.decoder] as unknown as [
    Stack,
    Stack & Required<Pick<Stack, "dense" | "map">>,
  ];
  const thin = (width: number) => Math.ceil(width / thinner);
  const thinned = (layers: Stack["layers"]) =>
    layers.map((layer) => ({ ...layer, channels: thin(layer.channels) }));
  const last = { ...outward.layers.at(-1), channels };
  return [
    `model.encoder.layers=${JSON.stringify(thinned(inward.layers))}`,
    `model.decoder.dense=${JSON.stringify(outward.dense.map(thin))}`,
    `model.decoder.map=${JSON.stringify({ ...outward.map, channels: thin(outward.map.channels) })}`,
    `model.decoder.layers=${JSON.stringify([...thinned(outward.layers.slice(0, -1)), last])}`,
  ];
}
