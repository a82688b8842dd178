import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import * as z from "zod";
import { requirePlain } from "../files/plain.js";
import { temporaryPath } from "../files/temporary.js";
import { type AnyMetricName, METRIC_NAMES } from "../model/metrics.js";
import { listCheckpoints } from "./checkpoints.js";
import { type HeadMetrics, headMetrics } from "./head-metrics.js";
import { runLayout } from "./layout.js";
import { readManifest } from "./manifest.js";
import type { Metrics } from "./metrics.js";
import { readRunMetrics } from "./newest.js";
import { asRun, mapRuns, type Run, type RunListing, writerOf } from "./run.js";
import { readTags } from "./tags.js";

/** A run in a line: how far it is, and its newest evaluation. */
export interface RunSummary {
  /** Training steps made, as far as known from the metrics or a checkpoint. */
  readonly step: number;
  /** Steps of the whole plan; undefined where no process has begun it. */
  readonly totalSteps: number | undefined;
  /** Epochs begun; 0 before the first line of metrics. */
  readonly epoch: number;
  /** Epochs of the whole plan. */
  readonly epochs: number | undefined;
  /** The newest evaluation on the validation rows. */
  readonly validation: ValidationLine | undefined;
  /** Lines of the metrics file that are no metrics. */
  readonly damagedLines: number;
  /** What does not fit of the metrics file, in one line that names it; undefined where all does. */
  readonly misfit: string | undefined;
}

/** A run's summary, and every evaluation that led to it. */
export interface RunHistory extends RunSummary {
  /** All evaluations on the validation rows, oldest first. */
  readonly validations: readonly ValidationLine[];
}

/** A run with its summary. */
export interface SummarizedRun extends Run {
  readonly summary: RunSummary;
  readonly tags: readonly string[];
}

/** A line of the table of all runs, summed up where it can be read. */
export type SummarizedListing = SummarizedRun | Extract<RunListing, { readonly unreadable: string }>;

const number = z.number().nullable();

const validationSchema = z.object({
  step: z.number(),
  epoch: z.number(),
  split: z.literal("validation"),
  // A model measures some of them: a classifier of given codes has its loss alone.
  ...measuredShape(),
  rateEstimator: z.string().optional(),
  images: z.number().optional(),
});

function measuredShape() {
  const shape = Object.fromEntries(METRIC_NAMES.map((name) => [name, number.optional()]));
  return shape as Record<AnyMetricName, ReturnType<typeof number.optional>>;
}

/** An evaluation as the metrics file holds it; null where a number was not finite. */
export type ValidationLine = z.infer<typeof validationSchema> &
  HeadMetrics & {
    /** Metrics of one's own, by name. */
    readonly own?: Readonly<Record<string, number | null>>;
  };

const planSchema = z.object({ training: z.object({ epochs: z.number() }) });

const targetSchema = z.object({ model: z.object({ objective: z.object({ capacity: z.number() }) }) });

/**
 * Sums up what a run's files say.
 * @throws UserError when its metrics or its folder of checkpoints cannot be read.
 */
export function summarizeRun(run: Pick<Run, "path" | "manifest">): RunHistory {
  const { path, manifest } = run;
  const files = runLayout(path);
  const { lines, damaged, misfit } = readRunMetrics(run);
  const last: Metrics | undefined = lines.at(-1);
  const validations = lines.flatMap((line) => {
    const measured = validationSchema.safeParse(line).data;
    if (!measured) return [];
    return [{ ...measured, ...targetOf(measured, manifest), ...headMetrics(line), ...ownOf(line, manifest) }];
  });
  return {
    step: Math.max(last?.step ?? 0, listCheckpoints(files.checkpoints)[0]?.step ?? 0),
    totalSteps: manifest.totalSteps,
    epoch: last ? last.epoch + 1 : 0,
    epochs: planSchema.safeParse(manifest.configuration).data?.training.epochs ?? manifest.totalEpochs,
    validation: validations.at(-1),
    validations,
    damagedLines: damaged,
    misfit,
  };
}

/** Metrics of one's own; nothing where the run has none. */
function ownOf(line: Metrics, { ownMetrics }: Run["manifest"]): Pick<ValidationLine, "own"> {
  if (!ownMetrics) return {};
  const measured = Object.keys(ownMetrics).filter((name) => name in line);
  return {
    own: Object.fromEntries(measured.map((name) => [name, number.safeParse(line[name]).data ?? null])),
  };
}

/** The configured target for a line's rate, if the line is of a version that reported only the current target. */
function targetOf(
  { capacityNats, rateNats }: z.infer<typeof validationSchema>,
  { configuration }: Run["manifest"],
): Pick<ValidationLine, "capacityNats" | "capacityGapNats"> {
  const configured = targetSchema.safeParse(configuration).data?.model.objective.capacity;
  if (capacityNats !== undefined || configured === undefined || typeof rateNats !== "number") return {};
  return { capacityNats: configured, capacityGapNats: rateNats - configured };
}

/** All runs under `root`, by name, each summed up. Never throws for what lies there. */
export function summarizeRuns(root: string): SummarizedListing[] {
  return mapRuns(root, (path) => {
    const { manifest, ...rest } = keptSummary(path);
    return { ...asRun(path, manifest), ...rest };
  });
}

/**
 * The summary of a run's files as they are now, from the file that keeps it where that fits, else made and kept.
 * @throws UserError when the run's manifest, metrics, tags or folder of checkpoints cannot be read.
 */
export function keptSummary(runPath: string): KeptSummary {
  const stamps = stampsOf(runPath);
  const known = readKeptSummary(runPath, stamps);
  if (known) return known;
  const manifest = readManifest(runPath);
  const { validations, ...summary } = summarizeRun({ path: runPath, manifest });
  const made = { manifest, summary, tags: readTags(runPath) };
  // The files of a run in training change before anyone asks again.
  if (manifest.status !== "running" || !writerOf(runPath)) keepSummary(runPath, stamps, made);
  return made;
}

// What a list of all runs shows of a run, kept in one small file of its folder, so that thousands are listed
// by reading one file each. The folder is the truth: the summary names size and times of all that it sums up,
// and one that does not fit them, is damaged or is missing is made again. Among the times is the file system's
// own, of every change, which no archive and no copy brings along: a summary is believed on the machine, and
// of the files, that it was made from.

/** What is kept of a run. */
type KeptSummary = Pick<SummarizedRun, "manifest" | "summary" | "tags">;

/** Size, inode, time of the last writing and of the last change, of all that is summed up; zeros for what is missing. */
type Stamps = readonly number[];

/** The state of all that a summary sums up. Take it before reading what is there: what changes meanwhile then shows. */
function stampsOf(runPath: string): Stamps {
  const { manifest, metrics, checkpoints, tags } = runLayout(runPath);
  return [manifest, metrics, checkpoints, tags].flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found ? [found.size, found.ino, found.mtimeMs, found.ctimeMs] : [0, 0, 0, 0];
  });
}

const FORMAT = 1;
const keptSchema = z.object({
  format: z.literal(FORMAT),
  stamps: z.array(z.number()),
  // What fits the stamps was written on this machine, from what had been checked.
  kept: z.custom<KeptSummary>((value) => typeof value === "object" && value !== null),
});

/** The summary that fits the present state of a run's files; undefined where there is none, or it is damaged. */
function readKeptSummary(runPath: string, stamps: Stamps): KeptSummary | undefined {
  const { summary } = runLayout(runPath);
  requirePlain(summary);
  try {
    const text = readFileSync(summary, "utf8");
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    if (text.slice(0, end) !== checksum(body)) return undefined;
    const { data } = keptSchema.safeParse(JSON.parse(body));
    return data?.stamps.join() === stamps.join() ? data.kept : undefined;
  } catch {
    // Missing or unreadable: the files themselves are read, and say what is wrong with them.
    return undefined;
  }
}

/** Keeps a summary made from files in this state. A folder that cannot be written is listed without. */
function keepSummary(runPath: string, stamps: Stamps, kept: KeptSummary): void {
  const { summary } = runLayout(runPath);
  const temporary = temporaryPath(summary);
  const body = `${JSON.stringify({ format: FORMAT, stamps, kept })}\n`;
  try {
    // Not synced: half a summary is damaged, and is made again.
    writeFileSync(temporary, `${checksum(body)}\n${body}`);
    renameSync(temporary, summary);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

function checksum(text: string): string {
  return crc32(text).toString(16);
}
