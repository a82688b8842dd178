/**
 * The append-only log of a run's numbers: one JSON object a line. What is appended must depend on the training alone (no
 * times of day, no durations), so that a resumed run has the same lines as an uninterrupted one.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync } from "node:fs";
import * as z from "zod";
import { writeAll, writeFileAtomic } from "../files/atomic.js";
import { requireHold } from "../files/hold.js";
import { requirePlain } from "../files/plain.js";
import { readBytes } from "../files/read.js";
import { inFileSystem } from "../files/system-errors.js";
import { addToSum, type MetricsSum, NOTHING, sameSum } from "./sums.js";

/** Numbers measured after `step` training steps; names carry units (`rateNats`). NaN and infinities are stored as null. */
export interface Metrics {
  /** Training steps made. */
  readonly step: number;
  /** Epochs begun, counted from 0. */
  readonly epoch: number;
  /** What was measured: "train", "validation", ... */
  readonly split: string;
  readonly [name: string]: number | string | boolean | null;
}

/** A metrics file as read: the sound lines in order, and how many others were skipped. */
export interface MetricsFile {
  readonly lines: Metrics[];
  /** 1 when the last line was cut short by a killed process, else 0. */
  readonly torn: number;
  /** Whole lines that are no metrics: the file was damaged or edited. */
  readonly damaged: number;
  /** What does not fit the sum it was compared with, in words; undefined where all does. */
  readonly misfit: string | undefined;
}

/** What is known of a metrics file. */
export interface ExpectedMetrics {
  readonly sum: MetricsSum;
  /** Whether the file ends there; else more lines may follow. */
  readonly complete: boolean;
}

/** An open metrics file. */
export interface MetricsLog {
  /** Adds a line; it survives the death of this process at once, and a power cut after {@link sync}. */
  append(metrics: Metrics): void;
  /** Waits until the lines are on the disk: call it before the checkpoint of the same step is written. */
  sync(): void;
  /** Of all lines that are there. */
  sum(): MetricsSum;
  close(): void;
}

const metricsSchema = z
  .object({ step: z.int().nonnegative(), epoch: z.int().nonnegative(), split: z.string() })
  .catchall(z.union([z.number(), z.string(), z.boolean(), z.null()]));

const NEW_LINE = 0x0a;

/**
 * Opens a metrics file to append, making it when it is not there; a torn last line is cut off.
 * @throws UserError, here and in each method, when the disk is full or the file cannot be written
 */
export function openMetrics(path: string): MetricsLog {
  requirePlain(path);
  const before = existsSync(path) ? readBytes(path) : new Uint8Array();
  let sum = sumOfLines(before.subarray(0, before.lastIndexOf(NEW_LINE) + 1));
  const explained = <Result>(action: () => Result): Result => inFileSystem(path, action);
  const handle = explained(() => openSync(path, "a"));
  explained(() => ftruncateSync(handle, sum.bytes));
  return {
    append: (metrics) => {
      const line = Buffer.from(`${JSON.stringify(metrics)}\n`);
      requireHold(path);
      explained(() => writeAll(handle, line));
      sum = { ...addToSum(sum, line), lines: sum.lines + 1 };
    },
    sum: () => sum,
    sync: () => explained(() => fsyncSync(handle)),
    close: () => closeSync(handle),
  };
}

/**
 * Reads a metrics file; a missing one has no lines. It may be read while it is written.
 * @throws UserError when the file cannot be read
 */
export function readMetrics(path: string, expected?: ExpectedMetrics): MetricsFile {
  const { bytes, sound, torn, damaged } = parse(path);
  const misfit = expected && misfitOf(bytes, expected);
  return { lines: sound.map(({ metrics }) => metrics), torn, damaged, misfit };
}

/** The sum of whole lines. */
function sumOfLines(bytes: Uint8Array): MetricsSum {
  return { ...addToSum(NOTHING, bytes), lines: linesIn(bytes) };
}

/** The sum of the lines up to a step. */
export function sumUpTo(path: string, step: number): MetricsSum {
  const lines = parse(path).sound.filter(({ metrics }) => metrics.step <= step);
  return sumOfLines(Buffer.from(lines.map(({ text }) => `${text}\n`).join("")));
}

/** What does not fit, in words. */
function misfitOf(bytes: Uint8Array, { sum, complete }: ExpectedMetrics): string | undefined {
  const lines = linesIn(bytes);
  if (bytes.length < sum.bytes) {
    return lines < sum.lines
      ? `${sum.lines - lines} of the ${sum.lines} lines that were written are missing`
      : `${sum.bytes - bytes.length} of the ${sum.bytes} bytes that were written are missing`;
  }
  if (!sameSum(addToSum(NOTHING, bytes.subarray(0, sum.bytes)), sum)) {
    return `the first ${sum.lines} lines are not those that were written (their checksum differs)`;
  }
  return complete && bytes.length > sum.bytes
    ? `${bytes.length - sum.bytes} bytes follow the ${sum.lines} lines that were written`
    : undefined;
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) lines++;
  return lines;
}

/**
 * Cuts off what was measured after `step`, and any torn or damaged line: call it on resuming from the checkpoint of
 * that step, before {@link openMetrics}. The lines that stay keep their bytes, in a new file of that name: what a process that has
 * lost its lock may still append to the old file is lost with it.
 * @returns how many lines stay, and how many were cut
 * @throws UserError when the file cannot be read or written; it is then as it was
 */
export function truncateMetricsAfter(path: string, step: number): { kept: number; dropped: number } {
  const { sound, torn, damaged } = parse(path);
  const kept = sound.filter(({ metrics }) => metrics.step <= step);
  const dropped = sound.length - kept.length + torn + damaged;
  if (existsSync(path)) writeFileAtomic(path, kept.map(({ text }) => `${text}\n`).join(""));
  return { kept: kept.length, dropped };
}

function parse(path: string) {
  requirePlain(path);
  if (!existsSync(path)) return { bytes: new Uint8Array(), sound: [], torn: 0, damaged: 0 };
  const bytes = readBytes(path);
  const texts = new TextDecoder().decode(bytes).split("\n");
  // Whatever follows the last line break is a line that was not finished.
  const torn = texts.pop() === "" ? 0 : 1;
  const sound = texts.flatMap((text) => {
    const metrics = parseLine(text);
    return metrics ? [{ text, metrics }] : [];
  });
  return { bytes, sound, torn, damaged: texts.length - sound.length };
}

function parseLine(text: string): Metrics | undefined {
  try {
    return metricsSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // No JSON: the caller counts the line as damaged.
    return undefined;
  }
}
