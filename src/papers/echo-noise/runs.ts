import type { ModelSettings } from "../../model/model.js";
import type { PlannedRun } from "../../plans/plan.js";
import { firstSeeds, type NetworkSize } from "../../reproduction/definition.js";
import { type AutoencoderConfiguration, shippedAutoencoder } from "../../reproduction/shipped.js";
import { imageStepMilliseconds } from "./costs.js";
import type { EchoChoice, ImageData } from "./data.js";
import { curveMethods, type MethodName, methodFile } from "./methods.js";
import type { DataName, Recipe } from "./recipe.js";

/** Which of the models of Table 1 and of the curves. */
export interface ImageChoice {
  readonly method: MethodName;
  readonly data: DataName;
  readonly beta: number;
  readonly seed: number;
}

/** A training of one of them. */
export type PlannedImages = PlannedRun & ImageChoice & { readonly kind: "images" };

/** A file of configs/echo-noise with some settings laid over. @param file its name without the ending. */
export function paperFile(file: string, overrides: readonly string[] = []): AutoencoderConfiguration {
  return shippedAutoencoder(`echo-noise/${file}`, overrides);
}

/** A start in which the codes can leave the marginal before the MMD, which holds them there, counts. */
const MMD_START = ["model.initialisation=he", "model.objective.delay=100", "model.objective.warmup=200"];

/**
 * How short trainings of three methods begin, which as published send nothing for longer than these last
 * (docs/reproduction-echo.md). Echo gives up its code at once: it is tiny then, its one use to the decoder is
 * to represent the mean image, and all that acts on the rate is its price. The MMD of InfoVAE and of IAF+MMD
 * holds the codes at the marginal, from which those of a VAE depart after a hundred steps.
 */
const QUICK_STARTS: Partial<Record<MethodName, readonly string[]>> = {
  Echo: [
    "model.initialisation=he",
    "model.pixelBias=mean-image",
    "model.objective.delay=50",
    "model.objective.warmup=150",
  ],
  InfoVAE: MMD_START,
  "IAF+MMD": MMD_START,
};

/**
 * A method on a data set at beta = 1 with seed 0.
 * @throws UserError when the method's configuration file cannot be read, or does not fit the recipe.
 */
export function imageConfiguration(
  method: MethodName,
  { name, source, split }: ImageData,
  recipe: Recipe,
): AutoencoderConfiguration {
  const file = methodFile(method);
  const { model } = paperFile(file);
  const { networks } = recipe;
  return paperFile(file, [
    `name=${[file, name, ...(networks === "paper" ? [] : [networks])].join("-")}`,
    `data=${JSON.stringify(source)}`,
    ...(split ? [`split=${JSON.stringify(split)}`] : []),
    ...narrowerOverrides(model, networks),
    ...((recipe.quickStart && QUICK_STARTS[method]) || []),
    ...(model.marginal.type === "vamp" ? [`model.marginal.pseudoInputs=${recipe.pseudoInputs}`] : []),
    `optimizer.learningRate=${recipe.learningRate}`,
    ...lengthOverrides(recipe),
  ]);
}

/** The settings of an encoder or a decoder that describe its layers. */
interface Stack {
  readonly layers: readonly {
    readonly channels: number;
    readonly stride: number;
    readonly padding: unknown;
  }[];
}

/**
 * Half of the channels in every layer but the decoder's last, whose channel is the image's; the small
 * networks have fewer layers besides.
 */
function narrowerOverrides({ encoder, decoder }: ModelSettings, networks: NetworkSize): string[] {
  if (networks === "paper") return [];
  // The files of configs/echo-noise have no others.
  const layersOf = (part: unknown) => (part as Stack).layers;
  const narrower = (layers: Stack["layers"]) =>
    layers
      .filter(({ stride, padding }) => networks === "half" || stride > 1 || padding === "valid")
      .map((layer) => ({ ...layer, channels: Math.ceil(layer.channels / 2) }));
  const [inward, outward] = [layersOf(encoder), layersOf(decoder)];
  return [
    `model.encoder.layers=${JSON.stringify(narrower(inward))}`,
    `model.decoder.layers=${JSON.stringify([...narrower(outward.slice(0, -1)), outward.at(-1)])}`,
  ];
}

/** Steps of an epoch of the images that the paper trains on, nearly as many of which each of its data sets has. */
const PUBLISHED_EPOCH_STEPS = 500;

/** How long a training is, and how often it is evaluated. */
function lengthOverrides({ epochs, imageSteps, evaluations }: Recipe): string[] {
  const evaluateEverySteps = Math.ceil((imageSteps ?? epochs * PUBLISHED_EPOCH_STEPS) / evaluations);
  // An epoch has a step at least: as many epochs as steps are never too few, whatever the data.
  const length =
    imageSteps === undefined
      ? { epochs, evaluateEverySteps }
      : { epochs: imageSteps, steps: imageSteps, evaluateEverySteps };
  return Object.entries(length).map(([key, value]) => `training.${key}=${value}`);
}

/** The same model at another beta, with another seed. */
export function atBeta(
  configuration: AutoencoderConfiguration,
  beta: number,
  seed: number,
): AutoencoderConfiguration {
  const { objective } = configuration.model;
  if (objective.type !== "beta") throw new TypeError(`${configuration.name} has no beta`);
  return {
    ...configuration,
    seed,
    model: { ...configuration.model, objective: { ...objective, beta } },
  };
}

/**
 * The trainings on images, each once however many parts ask for it: Table 1 every method at beta = 1 with
 * its seeds, Table 3 and Figures 6 and 7 those of Echo among them, the curves some methods at every beta with
 * seeds of their own.
 */
export function imagePlan({ data, recipe }: EchoChoice): PlannedImages[] {
  const { only, methods, oneSeed, betas, seeds, curveSeeds } = recipe;
  const inTable = (chosen: readonly MethodName[]) =>
    firstSeeds(seeds).flatMap((seed) =>
      chosen
        .filter((method) => seed === 0 || !oneSeed.includes(method))
        .map((method) => ({ method, beta: 1, seed })),
    );
  const echo = methods.filter((method) => method === "Echo");
  const curves = curveMethods(recipe);
  const wanted = [
    ...(only.includes("table1") ? inTable(methods) : []),
    ...(only.includes("table3") ? inTable(echo) : []),
    ...(only.includes("figures")
      ? [...new Set([1, ...betas])].flatMap((beta) =>
          firstSeeds(curveSeeds).flatMap((seed) => curves.map((method) => ({ method, beta, seed }))),
        )
      : []),
  ];
  const once = new Map(wanted.map((choice) => [`${choice.method} ${choice.beta} ${choice.seed}`, choice]));
  return data.flatMap((set) => {
    const configurations = new Map(
      methods.map((method) => [method, imageConfiguration(method, set, recipe)]),
    );
    return [...once.values()].map(({ method, beta, seed }): PlannedImages => {
      const configuration = atBeta(configurations.get(method)!, beta, seed);
      return {
        kind: "images",
        method,
        data: set.name,
        beta,
        seed,
        name: `${method}, ${set.title}, beta = ${beta}, seed ${seed}`,
        runName: `${configuration.name}-beta${beta}-s${seed}`,
        configuration,
        stepMilliseconds: imageStepMilliseconds(method, recipe),
      };
    });
  });
}
