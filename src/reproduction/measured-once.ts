import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadRemembering } from "../data/sources/index.js";
import { writeFileAtomic } from "../files/atomic.js";
import { readText } from "../files/read.js";
import { sha256 } from "../files/sha256.js";
import type { Device } from "../onnx/devices.js";
import type { PlanOutcome } from "../plans/execute.js";
import type { PlannedRun } from "../plans/plan.js";
import { readManifest } from "../runs/manifest.js";
import type { Metrics } from "../runs/metrics.js";
import { soundRunMetrics } from "../runs/newest.js";
import { openRun } from "../runs/run.js";
import type { DataLoader } from "../training/experiment.js";
import { loadTrainedRun, type TrainedRun } from "../training/trained-run.js";

/** How a planned run stands, as results hold it. */
export interface RunOutcome {
  /** Name of its run; null where it was not begun. */
  readonly run: string | null;
  readonly status: "finished" | "interrupted" | "waiting" | "failed";
  readonly reason: string | null;
}

/**
 * Data sets that are kept in memory: those of a column of a table, and a grid of sprites or the biased
 * images.
 */
const REMEMBERED_DATASETS = 3;

/** Where and with what runs are measured. */
export interface MeasureOptions {
  /** Folder of the runs. */
  readonly runs: string;
  /** Folder in which measures are kept. */
  readonly measured: string;
  readonly device: () => Promise<Device>;
  /** Version of the measures: another one measures again. */
  readonly version: string;
  /** Measures again what is kept. */
  readonly anew?: boolean;
  readonly onMeasured?: (done: number, of: number) => void;
}

/** The runs of a plan, to be measured each once. */
export interface Measuring {
  readonly runs: string;
  readonly device: () => Promise<Device>;
  readonly load: DataLoader;
  outcomeOf(planned: PlannedRun): RunOutcome;
  /** The last evaluation on the validation images; undefined where the training is not finished. */
  lastLine(planned: PlannedRun): Metrics | undefined;
  /** @throws UserError when a finished run cannot be read, or its data have changed. */
  open(planned: PlannedRun): TrainedRun;
  /**
   * Measures kept in a file of this name (without its ending) for finished runs, their configurations, this
   * version and all else that they depend on; measured now where they are not kept.
   * @throws UserError when the file cannot be written.
   */
  once<Measures>(
    file: string,
    of: { readonly runs: readonly PlannedRun[]; readonly and?: readonly unknown[] },
    measure: () => Promise<Measures>,
  ): Promise<Measures>;
  /** Goes through items, and reports how far it is. */
  counted<Item>(items: readonly Item[]): Iterable<Item>;
}

/** @param outcomes what became of each planned run. */
export function measuringOf(
  outcomes: ReadonlyMap<PlannedRun, PlanOutcome>,
  { runs, measured, device, version, anew = false, onMeasured }: MeasureOptions,
): Measuring {
  const load = loadRemembering(REMEMBERED_DATASETS);
  const lines = new Map<PlannedRun, Metrics | undefined>();
  const lastLine = (planned: PlannedRun) => {
    if (!lines.has(planned)) lines.set(planned, lineOf(outcomes.get(planned)!, runs));
    return lines.get(planned);
  };
  /** A text that differs between any two trainings that differ. */
  const keyOf = (planned: PlannedRun) => hashOf(version, planned.configuration, lastLine(planned));
  return {
    runs,
    device,
    load,
    lastLine,
    outcomeOf: (planned) => outcomeOf(outcomes.get(planned)!),
    open: (planned) => loadTrainedRun(openRun(runs, outcomes.get(planned)!.run!), { load }),
    once(file, of, measure) {
      const keys = [...of.runs.map(keyOf), ...(of.and ?? [])];
      const key = keys.length === 1 ? String(keys[0]) : hashOf(...keys);
      const path = join(measured, `${file}.json`);
      return measuredOnce(path, key, measure, anew);
    },
    *counted(items) {
      for (const [k, item] of items.entries()) {
        onMeasured?.(k, items.length);
        yield item;
      }
    },
  };
}

/** A number of a line of metrics; null where it has none of this name. */
export function numberIn(line: Metrics | undefined, name: string): number | null {
  const value = line?.[name];
  return typeof value === "number" ? value : null;
}

/** How a run stands, as results hold it: one that was there already is finished like any other. */
export function outcomeOf(outcome: PlanOutcome): RunOutcome {
  const { run, status } = outcome;
  return {
    run: run ?? null,
    status: status === "reused" ? "finished" : status,
    reason: status === "failed" ? outcome.reason : null,
  };
}

function lineOf({ run, status }: PlanOutcome, runs: string): Metrics | undefined {
  if (run === undefined || (status !== "finished" && status !== "reused")) return undefined;
  const path = join(runs, run);
  return soundRunMetrics({ path, manifest: readManifest(path) }).findLast(
    ({ split }) => split === "validation",
  );
}

/** A text that differs between any two lists of values that differ. */
export function hashOf(...parts: readonly unknown[]): string {
  return sha256(JSON.stringify(parts));
}

/**
 * What was measured before under this key, read from its file; otherwise measured now and kept there, so that
 * a reproduction that was interrupted, or has one run more, measures no run twice.
 * @throws UserError when the file cannot be written.
 */
export async function measuredOnce<Measures>(
  path: string,
  key: string,
  measure: () => Promise<Measures>,
  anew = false,
): Promise<Measures> {
  const before = anew ? undefined : readKept(path);
  if (before?.key === key) return before.measures as Measures;
  const measures = await measure();
  writeFileAtomic(path, `${JSON.stringify({ key, measures }, null, 2)}\n`);
  // As it will be read: what JSON cannot hold is null both times.
  return JSON.parse(JSON.stringify(measures)) as Measures;
}

function readKept(path: string): { readonly key: string; readonly measures: unknown } | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const content: unknown = JSON.parse(readText(path));
    const isOurs =
      typeof content === "object" && content !== null && "key" in content && "measures" in content;
    return isOurs && typeof content.key === "string"
      ? { key: content.key, measures: content.measures }
      : undefined;
  } catch (error) {
    // Damaged: it is measured again.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
