import { z } from "zod";
import { UserError } from "../errors.js";
import { listCheckpoints } from "./checkpoints.js";
import { type HeadMetrics, headMetrics } from "./head-metrics.js";
import { runLayout } from "./layout.js";
import { type Metrics, readMetrics } from "./metrics.js";
import { listRuns, type Run, type RunListing } from "./run.js";

/** A run in a line: how far it is, and its newest evaluation. */
export interface RunSummary {
  /** Training steps made, as far as the metrics or a checkpoint tell. */
  readonly step: number;
  /** Steps of the whole plan; undefined where no process has begun it. */
  readonly totalSteps: number | undefined;
  /** Epochs begun; 0 before the first line of metrics. */
  readonly epoch: number;
  /** Epochs of the whole plan. */
  readonly epochs: number | undefined;
  /** The newest evaluation on the validation rows. */
  readonly validation: ValidationLine | undefined;
  /** All of them, oldest first. */
  readonly validations: readonly ValidationLine[];
  /** Lines of the metrics file that are no metrics. */
  readonly damagedLines: number;
}

/** A run with its summary. */
export interface SummarizedRun extends Run {
  readonly summary: RunSummary;
}

/** A line of the table of all runs, summed up where it can be read. */
export type SummarizedListing = SummarizedRun | Extract<RunListing, { readonly unreadable: string }>;

const number = z.number().nullable();

const validationSchema = z.object({
  step: z.number(),
  epoch: z.number(),
  split: z.literal("validation"),
  loss: number.optional(),
  // A classifier of given codes has none of these.
  squaredErrorPerPixel: number.optional(),
  rateNats: number.optional(),
  rateEstimator: z.string().optional(),
  distortion: number.optional(),
  negativeElboNats: number.optional(),
  positionDistortion: number.optional(),
  squaredErrorPerImage: number.optional(),
  rateBits: number.optional(),
  targetRateNats: number.optional(),
  gapNats: number.optional(),
  images: z.number().optional(),
});

/** An evaluation as the metrics file holds it; null where a number was not finite. */
export type ValidationLine = z.infer<typeof validationSchema> & HeadMetrics;

const planSchema = z.object({ training: z.object({ epochs: z.number() }) });

/**
 * Sums up what a run's files say.
 * @throws UserError when its metrics or its folder of checkpoints cannot be read.
 */
export function summarizeRun({ path, manifest }: Run): RunSummary {
  const files = runLayout(path);
  const { lines, damaged } = readMetrics(files.metrics);
  const last: Metrics | undefined = lines.at(-1);
  const validations = lines.flatMap((line) => {
    const measured = validationSchema.safeParse(line).data;
    return measured ? [{ ...measured, ...headMetrics(line) }] : [];
  });
  return {
    step: Math.max(last?.step ?? 0, listCheckpoints(files.checkpoints)[0]?.step ?? 0),
    totalSteps: manifest.totalSteps,
    epoch: last ? last.epoch + 1 : 0,
    epochs: planSchema.safeParse(manifest.configuration).data?.training.epochs,
    validation: validations.at(-1),
    validations,
    damagedLines: damaged,
  };
}

/** All runs under `root`, by name, each summed up. Never throws for what lies there. */
export function summarizeRuns(root: string): SummarizedListing[] {
  return listRuns(root).map((listing) => {
    if ("unreadable" in listing) return listing;
    try {
      return { ...listing, summary: summarizeRun(listing) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { name, path } = listing;
      return { name, path, unreadable: error.complaint.what };
    }
  });
}
