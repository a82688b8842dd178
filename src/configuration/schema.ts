import { z } from "zod";
import { datasetSchema } from "../data/sources/index.js";
import { trainableSchema } from "../model/schema.js";
import { optimizerSchema } from "../nn/optimizer-schema.js";
import { PRESET_NAMES } from "./presets.js";

const rowRange = z
  .tuple([z.int().nonnegative(), z.int().positive()])
  .refine(([start, end]) => start < end, "the end of a range of rows lies behind its start");

/** How long, in what portions, and how often to look and to save. */
const trainingSchema = z.strictObject({
  epochs: z.int().positive().default(6).describe("passes through the training rows"),
  steps: z
    .int()
    .positive()
    .optional()
    .describe("stops after this many steps, if that comes before the last epoch"),
  batchSize: z.int().positive().default(64).describe("images per training step"),
  lastBatch: z
    .enum(["keep", "drop"])
    .optional()
    .describe(
      "what becomes of the images that fill no batch at the end of an epoch; they are kept where not given",
    ),
  evaluationBatchSize: z
    .int()
    .positive()
    .default(256)
    .describe("images that are evaluated at a time: memory and speed only, no number depends on it"),
  metricBatchSize: z
    .int()
    .positive()
    .default(256)
    .describe(
      "images in a batch of what evaluations measure of whole batches (gap in the loss, Echo noise, discrepancy, total correlation), and of what countEvaluations counts",
    ),
  evaluateEverySteps: z
    .int()
    .positive()
    .optional()
    .describe("evaluates on the validation rows after every so many steps; after each epoch where not given"),
  checkpointEverySteps: z
    .int()
    .positive()
    .default(1000)
    .describe("steps between two checkpoints: the most work that a crash can cost"),
  snapshotEpochs: z
    .array(z.int().nonnegative())
    .optional()
    .describe(
      "keeps the parameters as they are after these epochs (0: untrained), for measures that follow training",
    ),
  noise: z
    .enum(["fresh", "frozen"])
    .optional()
    .describe(
      "frozen: every epoch repeats the batches and the noise of the first, so that an image always meets the same noise; fresh where not given",
    ),
  logEverySteps: z.int().positive().default(50).describe("steps between two lines of training metrics"),
  stopAboveRateNats: z
    .number()
    .positive()
    .default(10_000)
    .describe("a rate above this counts as exploded and stops the run, in nats"),
});

/** A whole experiment: what a YAML file says, with everything it leaves out filled in. */
export const configurationSchema = z.strictObject({
  name: z.string().min(1).default("run").describe("first part of the run's name"),
  seed: z
    .int()
    .nonnegative()
    .default(0)
    .describe("key of every random number of the training: first values, shuffles, noise"),
  data: datasetSchema.prefault({ corridors: {} }).describe("where the images come from: one source"),
  split: z
    .strictObject({
      train: rowRange,
      validation: rowRange,
      test: rowRange.optional().describe("the rows behind the validation rows where not given"),
    })
    .optional()
    .describe(
      "ranges [start, end) of rows, counted from 0; the first 85 %, the next 7.5 % and the rest where not given",
    ),
  model: trainableSchema.prefault({}),
  optimizer: optimizerSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

export type Configuration = z.output<typeof configurationSchema>;

/** What a configuration file may say: a configuration, and what it builds upon. */
export const fileSchema = configurationSchema.extend({
  extends: z
    .string()
    .min(1)
    .optional()
    .describe(
      "another configuration file, relative to this one, whose settings hold where this one is silent",
    ),
  preset: z
    .enum(PRESET_NAMES)
    .optional()
    .describe("a named set of options that holds where this file is silent"),
});
