/** How the paper's models are trained: what the file of each in configs/geometry-of-efficient-codes leaves to a reproduction. */
import type { Configuration } from "../../configuration/schema.js";
import type { HeadSettings } from "../../model/heads/index.js";
import {
  type Preset,
  type Recipe as RecipeOf,
  type SettingsOf,
  seeds,
} from "../../reproduction/definition.js";
import type { Labels } from "../../reproduction/reductions.js";
import { shippedConfiguration } from "../../reproduction/shipped.js";
import { choice, flag, list, number, text } from "../../settings/index.js";

/**
 * How the classifiers are trained: `sound`, a plain cross-entropy that counts from the first step, or `published`, with
 * double softmax and the schedules of the code that made the published numbers.
 */
export const HEAD_VARIANTS = ["sound", "published"] as const;

/** One of `HEAD_VARIANTS`: how classifiers are trained, soundly or as the published ones were. */
export type HeadVariant = (typeof HEAD_VARIANTS)[number];

/** The capacities that the paper plots, in nats. */
export const CAPACITIES_NATS = [0.3, 1, 3, 6, 10] as const;

/**
 * How the published classifiers were trained: their code changed between the runs of the paper. Which of its states made which numbers
 * is what fits them (docs/reproduction-geometry.md has the trials): weights that rise from the first step or from step 2,500 on, and in
 * the multi-task file of July 2023 a rate and weights that are whole after 1,000 steps.
 */
const HEAD_SCHEDULES = {
  immediate: { type: "immediate", warmup: 2500, factorOf25Classes: 1 },
  delayed: { type: "delayed", warmup: 2500, factorOf25Classes: 1 },
  delayedTenfold: { type: "delayed", warmup: 2500, factorOf25Classes: 10 },
  july2023: { type: "immediate", warmup: 1000, factorOf25Classes: 1 },
} as const;

type HeadSchedule = (typeof HEAD_SCHEDULES)[keyof typeof HEAD_SCHEDULES];

/** Values for capacities up to a number of nats; there is none above the last. */
type UpToNats<Value> = Readonly<Record<string, Value>>;

/** What is a model's own in a reproduction. */
interface ModelRecipe {
  /**
   * gamma; above the last capacity that of the model's file holds. Tuned by hand on seed 0, as the
   * authors tuned theirs (docs/reproduction-geometry.md has the trials). With too small a gamma a classifier buys rate beyond C: a
   * nat of rate may save it a nat of loss, and the price is gamma * rateWeight. With too large a one nothing fills the rate:
   * whatever moves the code is dear, and a constant shift of it is the cheapest way to C.
   */
  readonly gamma?: UpToNats<number>;
  /** The same with sound classifiers: one of 25 classes pulls harder than one with double softmax, whose loss is flat. */
  readonly gammaOfSoundHeads?: UpToNats<number>;
  /** How its published classifiers were trained; `immediate` by default. */
  readonly heads?: UpToNats<keyof typeof HEAD_SCHEDULES>;
  /** The published Baseline has 5,316 steps, those of 4 epochs; the others were trained for the 6 of their files. */
  readonly epochs?: number;
}

/** The paper's models: one without a bend, two of bent data, five with classifiers on the code. */
const MODELS = {
  Baseline: { gamma: { 1: 200, 10: 100 }, epochs: 4 },
  E1M1: { gamma: { 1: 200, 3: 600 } },
  E1M2: {},
  E2M1: { gamma: { 0.3: 2000, 1: 1000, 3: 500 } },
  E2M2: { gamma: { 0.3: 2000, 1: 1000, 3: 300 } },
  E2M3: { gamma: { 0.3: 1000, 3: 600 } },
  E2M4: {
    gamma: { 0.3: 1000, 1: 450, 3: 1000, 6: 300 },
    gammaOfSoundHeads: { 4: 5000 },
    // With weights that rise from the first step, 12 of the 25 classes are lost when C jumps.
    heads: { 3: "immediate", 10: "delayed" },
  },
  E2M5: {
    gamma: { 0.3: 6000, 1: 5000, 3: 1000, 6: 500 },
    heads: { 0.3: "july2023", 1: "delayedTenfold", 3: "july2023", 10: "delayedTenfold" },
    gammaOfSoundHeads: { 2: 10_000, 4: 5000 },
  },
} as const satisfies Readonly<Record<string, ModelRecipe>>;

/** Name of a model as the paper has it, such as `E2M1`. */
export type ModelName = keyof typeof MODELS;
/** The models of the paper, in its order. */
export const MODEL_NAMES = Object.keys(MODELS) as readonly ModelName[];

/**
 * How long models are trained: `published`, with all images and the published schedules, or `quick`, with a fifth of the images and
 * schedules shortened to a fifth.
 */
export type TrainingLength = "published" | "quick";

/** Everything that is asked for. */
export interface GeometryValues {
  readonly length: TrainingLength;
  readonly only: readonly ModelName[];
  /** Nats. */
  readonly capacities: readonly number[];
  /** Number of seeds, from 0 on. */
  readonly seeds: number;
  readonly heads: HeadVariant;
  /** Whether classifiers are trained on frozen codes. */
  readonly frozen: boolean;
  /** A file of the authors' codes, or its folder: codes are then measured on their images. */
  readonly publishedCodes?: string;
}

export type Recipe = RecipeOf<GeometryValues>;

const EVERYTHING = { only: MODEL_NAMES, seeds: 1, heads: "published", frozen: true } as const;

/** The published trainings; and about four minutes on two cores, at the two capacities that most of the figures show. */
export const PRESETS: Readonly<Record<Preset, GeometryValues>> = {
  paper: { ...EVERYTHING, length: "published", capacities: CAPACITIES_NATS },
  day: { ...EVERYTHING, length: "published", capacities: CAPACITIES_NATS, seeds: 10 },
  quick: { ...EVERYTHING, length: "quick", capacities: [0.3, 10] },
};

export const SETTINGS: SettingsOf<GeometryValues> = {
  only: list(choice(MODEL_NAMES, { about: "" }), {
    about: "models to train",
    placeholder: "models",
    defaultText: "all",
  }),
  capacities: list(number({ about: "", above: 0 }), { about: "capacities in nats", placeholder: "nats" }),
  seeds,
  heads: choice(HEAD_VARIANTS, { about: "train classifiers as the published ones were, or soundly" }),
  frozen: flag({ about: "leave out the classifiers on frozen codes (Fig. 6A and 6D)", default: true }),
  publishedCodes: text({
    about: "the authors' codes, an npz file or its folder: draws them too, and measures ours on their images",
    placeholder: "path",
    defaultText: "none",
  }),
};

/** Of what a quick training reduces, the fewer images are reported by its data. */
export const REPORTED: Labels<Recipe> = {
  length: {
    what: "schedules",
    show: (length) => (length === "published" ? "as published" : "shortened to a fifth"),
  },
  only: { what: "models", show: (models) => models.join(", ") },
  capacities: { what: "capacities in nats" },
  heads: {
    what: "classifiers",
    show: (heads) => (heads === "published" ? "as published" : "trained soundly"),
  },
  frozen: { what: "classifiers on frozen codes", show: (frozen) => (frozen ? "trained" : "left out") },
};

/** A model of the paper at a capacity and seed. */
export interface ModelChoice {
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  readonly length: TrainingLength;
  readonly heads?: HeadVariant;
}

/**
 * What a training as long as published lays over a file. The published runs were made by two processes with batches of 64 each, whose gradients
 * were averaged: a step saw 128 images. (Their files say 64, which is what one process takes.) An evaluation after half of the
 * longest training: one after each epoch would cost two minutes of the hour that all take.
 */
const PAPER = { batchSize: 128, evaluateEverySteps: 3987 };

/**
 * What a quick training makes of it: this factor fewer images, and schedules shortened in proportion to its steps: 1,596, where
 * the published recipe has 7,974 of twice as many images.
 */
const QUICK = { share: 5, epochs: 3, frozenEpochs: 2 };

/** Steps until C is reached, and until which it and the weights of classifiers are quartered, in the files. */
const PAPER_WARMUP = 2500;
const PAPER_QUARTERED_UNTIL = 1500;

/** Steps, images or rows in a quick training. */
function shortened(count: number): number {
  return Math.round(count / QUICK.share);
}

/**
 * The configuration of one of the paper's models, with what its length and the tables above say laid over its
 * file.
 * @param choice model, capacity in nats, seed and length.
 * @throws UserError when the model's configuration file cannot be read, or a capacity or seed does not fit
 * it.
 */
export function modelConfiguration({
  model,
  capacityNats,
  seed,
  length,
  heads = "sound",
}: ModelChoice): Configuration {
  const file = `geometry-of-efficient-codes/${model.toLowerCase()}`;
  const own = shippedConfiguration(file);
  const { gamma, gammaOfSoundHeads, epochs, heads: schedules }: ModelRecipe = MODELS[model];
  const isPublished = heads === "published" && own.model.heads.length > 0;
  const schedule = HEAD_SCHEDULES[valueAt(capacityNats, schedules) ?? "immediate"];
  const tuned = valueAt(capacityNats, (heads === "sound" ? gammaOfSoundHeads : undefined) ?? gamma);
  const variant = isPublished ? own.model.heads.map(publishedHead(schedule)) : own.model.heads;
  const warmup = isPublished ? schedule.warmup : PAPER_WARMUP;
  return shippedConfiguration(file, [
    `name=${nameOf(model, length === "quick" && "quick", isPublished && "published-heads")}`,
    `seed=${seed}`,
    `model.objective.capacity=${capacityNats}`,
    ...(tuned === undefined ? [] : [`model.objective.gamma=${tuned}`]),
    `model.heads=${JSON.stringify(length === "quick" ? variant.map(shortenedHead) : variant)}`,
    `model.objective.schedule.warmup=${length === "quick" ? shortened(warmup) : warmup}`,
    ...(length === "quick" ? quickOverrides(own) : paperOverrides(epochs)),
  ]);
}

/** As frozen-codes.yaml says, for some tasks and a file of codes, in the batches of the model whose codes these are. */
export function frozenConfiguration(
  { length, heads = "sound", seed }: ModelChoice,
  { training }: Configuration,
  { name, tasks, file }: { readonly name: string; readonly tasks: readonly string[]; readonly file: string },
): Configuration {
  const own = "geometry-of-efficient-codes/frozen-codes";
  const chosen = shippedConfiguration(own)
    .model.heads.filter(({ task }) => tasks.includes(task))
    .map((head) => (heads === "published" ? { ...head, loss: "double-softmax" } : head));
  const share = length === "quick" ? QUICK.share : 1;
  const rows = (from: number, to: number) => [from / share, to / share];
  const { batchSize, evaluateEverySteps } = training;
  return shippedConfiguration(own, [
    `name=${name}`,
    `seed=${seed}`,
    `data.codes.file=${JSON.stringify(file)}`,
    `model.heads=${JSON.stringify(chosen)}`,
    `split=${JSON.stringify({ train: rows(0, 170_000), validation: rows(170_000, 185_000) })}`,
    `training.batchSize=${batchSize}`,
    ...(evaluateEverySteps === undefined ? [] : [`training.evaluateEverySteps=${evaluateEverySteps}`]),
    ...(length === "quick" ? [`training.epochs=${QUICK.frozenEpochs}`] : []),
  ]);
}

/** The value for a capacity: that of the nearest number of nats at or above it. */
function valueAt<Value>(capacityNats: number, values: UpToNats<Value> = {}): Value | undefined {
  return Object.entries(values)
    .map(([upToNats, value]) => ({ upToNats: Number(upToNats), value }))
    .sort((a, b) => a.upToNats - b.upToNats)
    .find(({ upToNats }) => capacityNats <= upToNats)?.value;
}

/** `e2m5-quick-published-heads`. */
function nameOf(model: ModelName, ...parts: readonly (string | false)[]): string {
  return [model.toLowerCase(), ...parts].filter((part) => part !== false).join("-");
}

function paperOverrides(epochs: number | undefined): string[] {
  return Object.entries({ ...PAPER, ...(epochs === undefined ? {} : { epochs }) }).map(
    ([key, value]) => `training.${key}=${value}`,
  );
}

function quickOverrides({ data, split }: Configuration): string[] {
  const { train, validation } = split ?? {};
  return [
    `data.corridors.samples=${shortened(data.corridors!.samples!)}`,
    ...(train && validation
      ? [`split=${JSON.stringify({ train: train.map(shortened), validation: validation.map(shortened) })}`]
      : []),
    `model.objective.schedule.quarteredUntil=${shortened(PAPER_QUARTERED_UNTIL)}`,
    `training.epochs=${QUICK.epochs}`,
  ];
}

/** A head as the code that made the published numbers trained it. */
function publishedHead({ type, warmup, factorOf25Classes }: HeadSchedule) {
  return (head: HeadSettings): HeadSettings => ({
    ...head,
    loss: "double-softmax",
    factor: head.task === "E2M4" ? factorOf25Classes : 1,
    weight: {
      type,
      warmup,
      countEvaluations: false,
      ...(type === "immediate" ? { quarteredUntil: PAPER_QUARTERED_UNTIL } : {}),
    } as HeadSettings["weight"],
  });
}

/** A head whose weight rises as much faster as the capacity of a quick training. */
function shortenedHead(head: HeadSettings): HeadSettings {
  const { weight } = head;
  if (weight.type === "constant") return head;
  const warmup = shortened(weight.warmup);
  return {
    ...head,
    weight:
      weight.type === "immediate"
        ? { ...weight, warmup, quarteredUntil: shortened(weight.quarteredUntil) }
        : { ...weight, warmup },
  };
}
