import { z } from "zod";
import { datasetSchema } from "../data/sources/index.js";
import { modelSchema } from "../model/schema.js";
import { optimizerSchema } from "../nn/optimizer-schema.js";

const rowRange = z.tuple([z.int().nonnegative(), z.int().positive()]);

/** How long, in what portions, and how often to look and to save. */
export const trainingSchema = z.strictObject({
  epochs: z.int().positive().default(6),
  /** Stops after this many steps, if that comes before the last epoch. */
  steps: z.int().positive().optional(),
  batchSize: z.int().positive().default(64),
  evaluationBatchSize: z.int().positive().default(256),
  /** Evaluates on the validation rows after every so many steps; after each epoch where not given. */
  evaluateEverySteps: z.int().positive().optional(),
  checkpointEverySteps: z.int().positive().default(1000),
  logEverySteps: z.int().positive().default(50),
  /** A rate above this counts as exploded and stops the run. */
  stopAboveRateNats: z.number().positive().default(10_000),
});

/** A whole experiment: what a YAML file says, with everything it leaves out filled in. */
export const configurationSchema = z.strictObject({
  /** First part of the run's name. */
  name: z.string().min(1).default("run"),
  seed: z.int().nonnegative().default(0),
  data: datasetSchema.prefault({ corridors: {} }),
  /** Row ranges [start, end); by default the authors' proportions 0.85, 0.075, 0.075. */
  split: z.strictObject({ train: rowRange, validation: rowRange, test: rowRange }).optional(),
  model: modelSchema.prefault({}),
  optimizer: optimizerSchema.prefault({}),
  training: trainingSchema.prefault({}),
});

export type Configuration = z.output<typeof configurationSchema>;
