import { fileURLToPath } from "node:url";
import { loadConfiguration } from "../../configuration/load.js";
import type { Configuration } from "../../configuration/schema.js";
import { UserError } from "../../errors.js";
import type { HeadSettings } from "../../model/heads/index.js";
import { nearest } from "../../nearest.js";
import type { PlannedRun } from "../../plans/plan.js";

/** The paper's models: one without a bend, two of bent data, five with classifiers on the code. */
export const MODEL_NAMES = ["Baseline", "E1M1", "E1M2", "E2M1", "E2M2", "E2M3", "E2M4", "E2M5"] as const;

export type ModelName = (typeof MODEL_NAMES)[number];

/** The capacities that the paper plots, in nats. */
export const CAPACITIES_NATS = [0.3, 1, 3, 6, 10] as const;

/** How much is trained: `paper` as much as the published runs, `quick` a fifth of the images and shorter schedules. */
export const PRESETS = ["quick", "paper"] as const;

export type ReproductionPreset = (typeof PRESETS)[number];

/**
 * How the classifiers are trained: `sound`, a plain cross-entropy that counts from the first step, or `published`, with
 * the softmax applied twice and the schedules of the code that made the published numbers.
 */
export const HEAD_VARIANTS = ["sound", "published"] as const;

export type HeadVariant = (typeof HEAD_VARIANTS)[number];

/** gamma for capacities up to so many nats; above the last, that of the model's file holds. */
type GammaTable = readonly (readonly [upToNats: number, gamma: number])[];

/**
 * gamma as tuned by hand on seed 0, as the authors tuned theirs (docs/reproduction-geometry.md tells the trials). Too small
 * a gamma lets a classifier buy rate beyond C: a nat of rate may save it a nat of loss, and the price is gamma * rateWeight.
 * Too large a one fills the rate with nothing: whatever moves the code is dear, and a constant shift of it is the cheapest
 * way to C.
 */
const GAMMA: Partial<Record<ModelName, GammaTable>> = {
  Baseline: [
    [1, 200],
    [3, 100],
  ],
  E1M1: [
    [1, 200],
    [3, 1000],
  ],
  E2M1: [
    [0.3, 2000],
    [1, 1000],
    [3, 500],
  ],
  E2M2: [
    [0.3, 2000],
    [1, 1000],
    [3, 300],
  ],
  E2M3: [
    [0.3, 1000],
    [3, 600],
  ],
  E2M4: [
    [0.3, 1000],
    [1, 400],
    [3, 1000],
    [6, 300],
  ],
  E2M5: [
    [0.3, 10_000],
    [1, 5000],
    [3, 3000],
    [6, 500],
  ],
};

/** A sound classifier of 25 classes pulls harder than the published one, whose loss two softmaxes flatten. */
const GAMMA_OF_SOUND_HEADS: Partial<Record<ModelName, GammaTable>> = {
  E2M4: [[4, 5000]],
  E2M5: [
    [2, 10_000],
    [4, 5000],
  ],
};

/** Settings of the paper's models, to be trained at any capacity and seed. */
export interface ModelChoice {
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  readonly preset: ReproductionPreset;
  readonly heads?: HeadVariant;
}

/**
 * The published runs were made by two processes with batches of 64 each, whose gradients were averaged: a step saw 128
 * images. (Their files say 64, which is what one process takes.)
 */
const PUBLISHED_BATCH = 128;
/** The published Baseline has 5,316 steps, so many epochs of such batches; the other models were trained for the 6 of their files. */
const PUBLISHED_EPOCHS: Partial<Record<ModelName, number>> = { Baseline: 4 };

/** Half of the longest training: an evaluation after each epoch would cost two minutes of the hour that all take. */
const EVALUATE_EVERY_STEPS = 3987;

/** Quick trainings have so many times fewer images. */
export const QUICK_SHARE = 5;
const QUICK_EPOCHS = 3;
/** Their schedules are shortened too: they have 1,596 steps, and the published recipe 7,974 of twice as many images. */
const QUICK_WARMUP = { warmup: 500, quarteredUntil: 300 };

/**
 * The configuration of one of the paper's models, from its file in configs/geometry-of-efficient-codes, which is the
 * one place of its settings; the preset and the table of gamma are laid over.
 */
export function modelConfiguration({
  model,
  capacityNats,
  seed,
  preset,
  heads = "sound",
}: ModelChoice): Configuration {
  const file = `../../../configs/geometry-of-efficient-codes/${model.toLowerCase()}.yaml`;
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { configuration } = loadConfiguration(path);
  const variant =
    heads === "sound" ? configuration.model.heads : configuration.model.heads.map(published(model));
  const table = (heads === "sound" ? GAMMA_OF_SOUND_HEADS[model] : undefined) ?? GAMMA[model];
  const [, gamma] = table?.find(([upToNats]) => capacityNats <= upToNats) ?? [];
  const name = [model.toLowerCase(), ...(preset === "quick" ? ["quick"] : []), ...suffix(heads, variant)];
  return loadConfiguration(path, [
    `name=${name.join("-")}`,
    `seed=${seed}`,
    `model.objective.capacity=${capacityNats}`,
    ...(gamma === undefined ? [] : [`model.objective.gamma=${gamma}`]),
    `model.heads=${JSON.stringify(preset === "quick" ? variant.map(shortened) : variant)}`,
    ...(preset === "quick" ? quickOverrides(configuration) : publishedOverrides(model)),
  ]).configuration;
}

/** Name of a run's folder: `e1m1-c0.3-s0`. */
function modelRunName({ name, seed }: Configuration, capacityNats: number): string {
  return `${name}-c${capacityNats}-s${seed}`;
}

/** A training of one of the paper's models. */
export type PlannedModel = PlannedRun & ModelChoice;

/** Which models of the paper are to be trained. */
export interface ModelsChoice {
  readonly models: readonly ModelName[];
  readonly capacitiesNats: readonly number[];
  /** The seeds are 0, 1, ... seeds - 1. */
  readonly seeds: number;
  readonly preset: ReproductionPreset;
  readonly heads?: HeadVariant;
}

/** Every chosen model at every capacity with every seed, the models one after the other. */
export function modelPlan({
  models,
  capacitiesNats,
  seeds,
  preset,
  heads = "sound",
}: ModelsChoice): PlannedModel[] {
  return Array.from({ length: seeds }, (_, seed) => seed).flatMap((seed) =>
    models.flatMap((model) =>
      capacitiesNats.map((capacityNats) => {
        const choice = { model, capacityNats, seed, preset, heads };
        const configuration = modelConfiguration(choice);
        const name = `${model}, C = ${capacityNats}, seed ${seed}`;
        return { ...choice, name, configuration, runName: modelRunName(configuration, capacityNats) };
      }),
    ),
  );
}

/**
 * The model of this name, in whatever case it is written.
 * @throws UserError with the nearest name when there is none.
 */
export function modelNamed(text: string, where: string): ModelName {
  const found = MODEL_NAMES.find((name) => name.toLowerCase() === text.trim().toLowerCase());
  if (found) return found;
  const near = nearest(text, MODEL_NAMES);
  throw new UserError({
    where,
    what: `no model is called "${text}"`,
    remedy: `${near ? `Did you mean ${near}? ` : ""}The models are ${MODEL_NAMES.join(", ")}`,
  });
}

function publishedOverrides(model: ModelName): string[] {
  const epochs = PUBLISHED_EPOCHS[model];
  return [
    `training.batchSize=${PUBLISHED_BATCH}`,
    `training.evaluateEverySteps=${EVALUATE_EVERY_STEPS}`,
    ...(epochs === undefined ? [] : [`training.epochs=${epochs}`]),
  ];
}

function quickOverrides({ data, split }: Configuration): string[] {
  const fewer = (count: number) => Math.round(count / QUICK_SHARE);
  return [
    `data.corridors.samples=${fewer(data.corridors!.samples!)}`,
    ...(split?.train && split.validation
      ? [
          `split=${JSON.stringify({ train: split.train.map(fewer), validation: split.validation.map(fewer) })}`,
        ]
      : []),
    `model.objective.schedule.warmup=${QUICK_WARMUP.warmup}`,
    `model.objective.schedule.quarteredUntil=${QUICK_WARMUP.quarteredUntil}`,
    `training.epochs=${QUICK_EPOCHS}`,
  ];
}

/** A head as the code that made the published numbers trained it: E2M5 later than the others, and otherwise. */
function published(model: ModelName) {
  return (head: HeadSettings): HeadSettings => ({
    ...head,
    loss: "double-softmax",
    ...(model === "E2M5"
      ? {
          factor: head.task === "E2M4" ? 10 : 1,
          weight: { type: "delayed", warmup: 2500, countEvaluations: false },
        }
      : { weight: { type: "immediate", warmup: 2500, quarteredUntil: 1500, countEvaluations: false } }),
  });
}

/** A head whose weight grows as much faster as the quick preset's capacity. */
function shortened(head: HeadSettings): HeadSettings {
  const { weight } = head;
  if (weight.type === "constant") return head;
  const { warmup, quarteredUntil } = QUICK_WARMUP;
  return {
    ...head,
    weight: weight.type === "immediate" ? { ...weight, warmup, quarteredUntil } : { ...weight, warmup },
  };
}

/** Runs with and without heads are not told apart by a variant of heads that they do not have. */
function suffix(heads: HeadVariant, own: readonly HeadSettings[]): string[] {
  return heads === "published" && own.length > 0 ? ["published-heads"] : [];
}
