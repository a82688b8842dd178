import * as z from "zod";
import { refuse } from "../errors.js";
import { nearest, own } from "../given-names.js";
import type { HeadSettings } from "../model/heads/index.js";
import { AUTHORS_LABELS, AUTHORS_SCHEDULES, authorsHead, LAST_TASK } from "./authors-heads.js";
import { type Layer, overlay, placeOf } from "./layers.js";
import { type Override, overrideLayer } from "./overrides.js";
import { errorOf, problemsOf } from "./problems.js";
import { child, isMapping, knownKeys, schemaAt } from "./schema-walk.js";

// The YAML files of the published code of "The geometry of efficient codes" (github.com/damat-le/geom_eff_codes, whose
// keys come from AntixK/PyTorch-VAE), with the defaults of that code. Keys that the schema below does not name, and
// those described as without effect, are reported in one warning; one that is nearly a key of the schema is refused.

const positiveInt = z.int().positive();

const authorsSchema = z.looseObject({
  model_params: z.looseObject({
    name: z.string().min(1).default("BetaVAE"),
    in_channels: positiveInt.default(1),
    latent_dim: positiveInt,
    loss_type: z.enum(["B", "H"]).default("B"),
    beta: z.number().nonnegative().default(4),
    gamma: z.number().nonnegative().default(1000),
    max_capacity: z.number().nonnegative().default(25),
    Capacity_max_iter: z.number().positive().default(1e5),
    /** The task of BetaVAE_CLF and of LatentClassifier; cross_clf.yaml leaves it to the command line. */
    clf_task_num: z.int().min(0).max(3).optional(),
    /** Those of BetaVAE_MultiCLF. */
    task_list: z
      .array(z.int().min(0).max(LAST_TASK))
      .refine((tasks) => new Set(tasks).size === tasks.length, "a task occurs twice in it")
      .default([1, 2, 3]),
    /** Ours, not theirs: which of their two published schedules the classifiers' weight follows. */
    clf_schedule: z.enum(AUTHORS_SCHEDULES).default("delayed"),
  }),
  data_params: z.looseObject({
    data_path: z.string().min(1),
    /** Whose code a LatentClassifier learns from: a folder of that code's, with a checkpoint that encodes the images. */
    model4latentrepr: z.string().min(1).optional(),
    num_labels: z.int().nonnegative().optional(),
    train_val_test_split: z
      .tuple([positiveInt, positiveInt])
      .refine(([first, second]) => first < second, "the second row is after the first")
      .optional(),
    train_batch_size: positiveInt.default(8),
    val_batch_size: positiveInt.default(8),
  }),
  exp_params: z.looseObject({
    LR: z.number().positive(),
    weight_decay: z.number().nonnegative().default(0),
    scheduler_gamma: z.number().positive().nullish(),
    kld_weight: z.number().positive(),
    manual_seed: z.int().nonnegative().default(0),
  }),
  trainer_params: z.looseObject({ max_epochs: positiveInt }),
  logging_params: z.looseObject({}).default({}),
});

type AuthorsSettings = z.output<typeof authorsSchema>;

/** The sections by which such a file is known. */
export const AUTHORS_SECTIONS: readonly string[] = Object.keys(authorsSchema.shape);

/** What a model of theirs is here. */
interface AuthorsModel {
  /** The numbers of the tasks whose classifiers it carries. */
  tasks(params: AuthorsSettings["model_params"]): readonly number[];
  /** The sections `data` and `model` of our configuration. */
  translate(settings: AuthorsSettings, heads: readonly HeadSettings[]): { data: object; model: object };
}

const autoencoder = (tasks: AuthorsModel["tasks"]): AuthorsModel => ({
  tasks,
  translate: (settings, heads) => ({
    data: imagesOf(settings, heads.length > 0),
    model: autoencoderOf(settings, heads),
  }),
});

const singleTask: AuthorsModel["tasks"] = ({ clf_task_num }) => [clf_task_num ?? 0];

/** The models that are trained here. */
const MODELS: Readonly<Record<string, AuthorsModel>> = {
  BetaVAE: autoencoder(() => []),
  BetaVAE_CLF: autoencoder(singleTask),
  BetaVAE_MultiCLF: autoencoder(({ task_list }) => task_list),
  LatentClassifier: {
    tasks: singleTask,
    translate: (settings, heads) => ({ data: codesOf(settings), model: { type: "classifier", heads } }),
  },
};

/** Whether a configuration file with these keys at its top is one of the authors' code. */
export function isAuthorsFile(keys: readonly string[]): boolean {
  return AUTHORS_SECTIONS.some((section) => keys.includes(section));
}

/** What a file of the authors comes to here. */
export interface AuthorsLayers {
  /** Later over earlier; the preset `authors-code` is expected underneath. */
  readonly layer: Layer;
  /** At most one line: the keys that have no effect here. */
  readonly warnings: readonly string[];
}

/**
 * Settings of the authors' file as ours.
 * @param name The file's name, for messages.
 * @param overrides Those whose path begins with one of the file's sections.
 * @throws UserError when a key the training rests on is missing or wrong, or the model is none of those that are trained here.
 */
export function authorsLayer(name: string, file: Layer, overrides: readonly Override[] = []): AuthorsLayers {
  const layers = [file];
  let values = overlay(authorsSchema, {}, file.values) as Record<string, unknown>;
  for (const override of overrides) {
    const layer = overrideLayer(authorsSchema, values, override);
    layers.push(layer);
    values = overlay(authorsSchema, values, layer.values) as Record<string, unknown>;
  }
  const place = (path: readonly (string | number)[]) => placeOf(layers, path) ?? name;
  const problems = problemsOf(authorsSchema, values);
  if (problems.length > 0) throw errorOf(problems, place);
  const settings = authorsSchema.parse(values);
  refuseMisspelt(values, place);
  const { name: model } = settings.model_params;
  if (!Object.hasOwn(MODELS, model)) {
    refuse(
      place(["model_params", "name"]),
      `model_params.name: ${model} is not known`,
      `Give one of ${Object.keys(MODELS).join(", ")}`,
    );
  }
  // Their script for one task after the other gives the task on its command line, and null in the file.
  const isTaskOpen =
    settings.model_params.clf_task_num === undefined &&
    child(file.values.model_params, "clf_task_num") === null &&
    own(MODELS, model)?.tasks === singleTask;
  const isPathGiven = layers
    .slice(1)
    .some(({ values }) => child(values.data_params, "data_path") !== undefined);
  if (!isPathGiven) refuseForeignCode(settings, isTaskOpen, place(["data_params", "model4latentrepr"]));
  if (isTaskOpen) {
    refuse(
      place(["model_params", "clf_task_num"]),
      "model_params.clf_task_num: null leaves the task to the command line (--task_to_train there)",
      `Give it as ${TASK_OPTION}, K from 0 to 3`,
    );
  }
  const idle = keysWithoutEffect(values, settings);
  return {
    layer: {
      values: translate(settings),
      place: (path) => (path.length === 0 ? name : undefined),
    },
    warnings: idle.length > 0 ? [`${name}: no effect here: ${idle.join(", ")}`] : [],
  };
}

/** Images, and the folder of the model that encodes them, as a file of theirs for classifiers of another model's code says. */
export interface ForeignCode {
  readonly images: string;
  /** `model4latentrepr`: it holds `checkpoints/last.ckpt` and `hparams.yaml`. */
  readonly folder: string;
}

/** What a file says of another model's code; undefined where it names none, or the overrides give codes for its images. */
export function foreignCodeOf(
  { values }: Pick<Layer, "values">,
  overrides: readonly Override[],
): ForeignCode | undefined {
  const given = (key: string) => {
    const value = child(values.data_params, key);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const [images, folder] = [given("data_path"), given("model4latentrepr")];
  const isClassifier = child(values.model_params, "name") === CLASSIFIER;
  const isPathGiven = overrides.some(({ path }) => path.join(".") === "data_params.data_path");
  return isClassifier && !isPathGiven && images && folder ? { images, folder } : undefined;
}

/** Keys of their code, or of the Trainer that it hands them to, which look like one of the schema and are another. */
const OTHER_KEYS: readonly string[] = [
  ...["LR_2", "scheduler_gamma_2"],
  ...["test_batch_size", "patch_size"],
  ...["min_epochs", "max_steps", "min_steps"],
];

/** Their code takes any key and ignores what it does not know: a slip would train with the default. */
function refuseMisspelt(values: Record<string, unknown>, place: (path: readonly string[]) => string): void {
  for (const [section, content] of Object.entries(values)) {
    const schema = schemaAt(authorsSchema, values, [section]);
    const known = schema ? knownKeys(schema, content) : [];
    for (const key of isMapping(content) ? Object.keys(content) : []) {
      const meant = known.includes(key) || OTHER_KEYS.includes(key) ? undefined : nearest(key, known);
      if (meant === undefined) continue;
      refuse(
        place([section, key]),
        `unknown key ${section}.${key} (did you mean ${section}.${meant}?)`,
        `Known in ${section}: ${known.join(", ")}`,
      );
    }
  }
}

const TASK_OPTION = "--set model_params.clf_task_num=K";

/**
 * Their script encodes the images with a checkpoint of another folder before it trains. Where that folder is not there, a
 * file of codes must be given for the images.
 */
function refuseForeignCode({ data_params }: AuthorsSettings, isTaskOpen: boolean, where: string): void {
  const { model4latentrepr, data_path } = data_params;
  if (model4latentrepr === undefined) return;
  refuse(
    where,
    `data_params.model4latentrepr: ${data_path} holds images, which are encoded there with a checkpoint of ${model4latentrepr}`,
    'Run "narrows encode RUN --out codes.csv" first (after "narrows import" of that checkpoint), and add ' +
      `--set data_params.data_path=codes.csv${isTaskOpen ? ` and ${TASK_OPTION}` : ""}`,
  );
}

const CLASSIFIER = "LatentClassifier";

/** The classifiers of the model, in the order of their tasks in the file. */
function headsOf({ model_params }: AuthorsSettings): HeadSettings[] {
  const { name, clf_schedule, Capacity_max_iter } = model_params;
  const schedule = name === CLASSIFIER ? "constant" : clf_schedule;
  return MODELS[name]!.tasks(model_params).map((task) => authorsHead(task, schedule, Capacity_max_iter));
}

/** The authors' settings under our keys; their meaning is that of their code. */
function translate(settings: AuthorsSettings) {
  const { model_params, data_params, exp_params, trainer_params } = settings;
  const split = data_params.train_val_test_split;
  return {
    name: model_params.name,
    seed: exp_params.manual_seed,
    // Their rows stand in the order of the file, whatever it is.
    split: { order: "given", ...(split ? { train: [0, split[0]], validation: split } : {}) },
    ...MODELS[model_params.name]!.translate(settings, headsOf(settings)),
    optimizer: {
      learningRate: exp_params.LR,
      weightDecay: exp_params.weight_decay,
      schedule: exp_params.scheduler_gamma
        ? { type: "exponential", factor: exp_params.scheduler_gamma }
        : { type: "constant" },
    },
    training: {
      epochs: trainer_params.max_epochs,
      batchSize: data_params.train_batch_size,
      evaluationBatchSize: data_params.val_batch_size,
      metricBatchSize: data_params.val_batch_size,
    },
  };
}

function imagesOf({ model_params, data_params }: AuthorsSettings, hasHeads: boolean): object {
  return {
    file: data_params.data_path,
    channels: model_params.in_channels,
    ...labelsOf(data_params.num_labels ?? (hasHeads ? AUTHORS_LABELS.length : undefined)),
  };
}

function codesOf({ model_params, data_params }: AuthorsSettings): object {
  return {
    codes: {
      file: data_params.data_path,
      dimensions: model_params.latent_dim,
      ...labelsOf(data_params.num_labels ?? AUTHORS_LABELS.length),
    },
  };
}

/** Their columns have no names, and the rules of heads need some. */
function labelsOf(labels: number | undefined): object {
  return {
    ...(labels === undefined ? {} : { labels }),
    ...(labels === AUTHORS_LABELS.length ? { labelNames: AUTHORS_LABELS } : {}),
  };
}

function autoencoderOf(
  { model_params, exp_params }: AuthorsSettings,
  heads: readonly HeadSettings[],
): object {
  return {
    channel: { type: "gaussian", dimensions: model_params.latent_dim },
    objective:
      model_params.loss_type === "H"
        ? { type: "beta", beta: model_params.beta, rateWeight: exp_params.kld_weight }
        : {
            type: "capacity",
            capacity: model_params.max_capacity,
            gamma: model_params.gamma,
            rateWeight: exp_params.kld_weight,
            schedule: { warmup: model_params.Capacity_max_iter },
          },
    heads,
  };
}

/** Keys that the file gives and the training ignores, dotted, in the file's order. */
function keysWithoutEffect(values: Record<string, unknown>, settings: AuthorsSettings): string[] {
  const unused: Readonly<Record<string, readonly string[]>> = {
    model_params: unusedByModel(settings),
    data_params: ["model4latentrepr"],
    exp_params: settings.model_params.name === CLASSIFIER ? ["kld_weight"] : [],
  };
  return Object.entries(values).flatMap(([section, content]) => {
    if (!isMapping(content)) return [section];
    const schema = schemaAt(authorsSchema, values, [section]);
    const known = schema ? knownKeys(schema, content) : [];
    return Object.keys(content)
      .filter((key) => !known.includes(key) || unused[section]?.includes(key))
      .map((key) => `${section}.${key}${remark(section, key, child(content, key))}`);
  });
}

/** Keys of `model_params` that this model and this loss do not look at. */
function unusedByModel(settings: AuthorsSettings): string[] {
  const { name, loss_type } = settings.model_params;
  if (name === CLASSIFIER) return UNUSED_BY_CLASSIFIER;
  const hasHeads = headsOf(settings).length > 0;
  return [
    ...(loss_type === "B" ? ["beta"] : ["gamma", "max_capacity"]),
    // The heads' weight grows by it too.
    ...(loss_type === "B" || hasHeads ? [] : ["Capacity_max_iter"]),
    ...(name === "BetaVAE_CLF" ? [] : ["clf_task_num"]),
    ...(name === "BetaVAE_MultiCLF" ? [] : ["task_list"]),
    ...(hasHeads ? [] : ["clf_schedule"]),
  ];
}

/** It has heads alone, whose weight does not change. */
const UNUSED_BY_CLASSIFIER = [
  "in_channels",
  "loss_type",
  "beta",
  "gamma",
  "max_capacity",
  "Capacity_max_iter",
  "task_list",
  "clf_schedule",
];

/** What is lost with a key that had an effect in the authors' code. */
function remark(section: string, key: string, value: unknown): string {
  const processes = Array.isArray(value) ? value.length : Number(value);
  return section === "trainer_params" && ["devices", "gpus"].includes(key) && processes > 1
    ? ` (one process here; ${processes} made one step of ${processes} batches: --set training.batchSize=... does the same)`
    : "";
}
