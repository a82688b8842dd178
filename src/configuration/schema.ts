import * as z from "zod";
import { datasetSchemaWith } from "../data/sources/index.js";
import { modelSchemas, NARROWS_MODELS } from "../model/schema.js";
import { partsWith } from "../model/slots.js";
import { optimizerSchema } from "../nn/optimizer-schema.js";
import type { OwnPart } from "../own-part.js";
import { clusterSchema } from "./cluster.js";
import { PRESET_NAMES } from "./presets.js";

const positive = z.int().positive();
const natural = z.int().nonnegative();

const rowRange = z
  .tuple([natural, positive])
  .refine(([start, end]) => start < end, "the end of a range of rows is before its start");

/** Which rows train, validate and test (rules D11 and D28). */
const splitSchema = z
  .strictObject({
    order: z
      .enum(["shuffled", "given"])
      .optional()
      .describe(
        "shuffled: rows are drawn, so that each part holds every class; given: as in the source. By default rows of files and grids without ranges are shuffled, and ranges are rows as given",
      ),
    seed: natural
      .optional()
      .describe("seed of the shuffle, independent of the training's seed; 0 by default"),
    train: rowRange.optional().describe("range [start, end) of rows, counted from 0"),
    validation: rowRange.optional().describe("range [start, end) of rows, counted from 0"),
    test: rowRange.optional().describe("by default the rows after the validation rows, which may be none"),
  })
  .superRefine(({ order, seed, train, validation, test }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (!train && (validation || test)) issue("train", "a range is missing where other ranges are given");
    else if (train && !validation) issue("validation", "a range is missing where other ranges are given");
    if (seed !== undefined && order !== "shuffled")
      issue("seed", "it has no meaning without order: shuffled");
  });

/** Images of a batch; a batch is held as float32, with everything that layers make of it. */
const batch = positive.max(2 ** 20);

/** How long, in what portions, and how often to look and to save. */
const trainingSchema = z.strictObject({
  epochs: positive
    .max(1e9)
    .optional()
    .describe(
      "passes through the training rows; by default 6, or more so that there are at least 3,000 steps",
    ),
  steps: positive.optional().describe("stops after this many steps, if that comes before the last epoch"),
  scheduledSteps: positive
    .optional()
    .describe(
      "number of steps that shares such as a warm-up of 40% refer to; by default those planned. Written when the length of a training is changed on resuming",
    ),
  batchSize: batch.default(64).describe("images per training step"),
  lastBatch: z
    .enum(["keep", "drop"])
    .optional()
    .describe("whether the last, incomplete batch of an epoch is kept or dropped; kept by default"),
  lastBatchGradient: z
    .enum(["mean", "proportional"])
    .optional()
    .describe(
      "gradient of the last, incomplete batch of an epoch: the mean over its images, so that it moves as much as a whole batch does (the default); or in proportion to its images, as where losses are summed over a batch",
    ),
  evaluationBatchSize: batch
    .default(256)
    .describe("images that are evaluated at a time: memory and speed only, no number depends on it"),
  metricBatchSize: batch
    .default(256)
    .describe(
      "images per batch for metrics that are defined on a batch (gap in the loss, Echo noise, discrepancy, total correlation), and for countEvaluations",
    ),
  evaluateEverySteps: positive
    .optional()
    .describe("number of steps between evaluations on the validation rows; by default after each epoch"),
  checkpointEverySteps: positive
    .default(1000)
    .describe("steps between two checkpoints: the most work that a crash can cost"),
  snapshotEpochs: z
    .array(natural)
    .optional()
    .describe("saves the parameters after these epochs (0: untrained), for measures over training"),
  noise: z
    .enum(["fresh", "frozen"])
    .optional()
    .describe(
      "frozen: every epoch repeats the batches and the noise of the first, so that an image always gets the same noise; fresh by default",
    ),
  logEverySteps: positive.default(50).describe("steps between two lines of training metrics"),
  stopAboveRateNats: z
    .number()
    .positive()
    .default(10_000)
    .describe("a rate above this counts as exploded and stops the run, in nats"),
});

/** Files with parts of one's own. */
const partsSchema = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe(
    "files of TypeScript or JavaScript that define parts of your own (docs/extending.md); relative to the working folder, else to the configuration file. They are run",
  );

/** What a configuration and its file may say, of the parts of Narrows and some of one's own. */
export type Schemas = ReturnType<typeof makeSchemas>;

function makeSchemas(own: readonly OwnPart[]) {
  const models = own.length === 0 ? NARROWS_MODELS : modelSchemas(partsWith(own));
  /** A whole experiment: what a YAML file says, with everything it leaves out filled in. */
  const configuration = z.strictObject({
    name: z.string().min(1).default("run").describe("first part of the run's name"),
    seed: natural
      .default(0)
      .describe("key of every random number of the training: initial weights, shuffles, noise"),
    parts: partsSchema,
    data: datasetSchemaWith(own)
      .prefault({ corridors: {} })
      .describe("where the images come from: one source"),
    split: splitSchema
      .optional()
      .describe(
        "rows for training, validation and test; by default those of a published set, otherwise the first 85 %, the next 7.5 % and the rest",
      ),
    model: models.trainable.prefault({}),
    optimizer: optimizerSchema.prefault({}),
    training: trainingSchema.prefault({}),
  });
  /** What a configuration file may say: a configuration, and the file that it extends. */
  const file = configuration.extend({
    extends: z
      .string()
      .min(1)
      .optional()
      .describe(
        "another configuration file, relative to this one, whose settings are the defaults of this file",
      ),
    preset: z.enum(PRESET_NAMES).optional().describe("a named set of options, the defaults of this file"),
    cluster: clusterSchema.optional(),
  });
  return { configuration, file, classifier: models.classifier };
}

/** Those of the parts of Narrows alone. */
const NARROWS_SCHEMAS = makeSchemas([]);

/** The schemas of configurations that may name some parts of one's own beside those of Narrows. */
export function schemasWith(own: readonly OwnPart[]): Schemas {
  return own.length === 0 ? NARROWS_SCHEMAS : makeSchemas(own);
}

/** The schema of a configuration of the parts of Narrows. */
export const configurationSchema = NARROWS_SCHEMAS.configuration;
/** The schema of a configuration file of the parts of Narrows. */
export const fileSchema = NARROWS_SCHEMAS.file;

/** A whole configuration, as {@link configurationSchema} gives it: every default is filled in. */
export type Configuration = z.output<typeof configurationSchema>;
