/**
 * Checksums of a run's files. They detect damage, not deceit: whoever changes a file on purpose can change its sum too.
 *
 * A checkpoint holds those of the metrics up to its step and of the recipe it was trained by; the manifest holds those of
 * everything else, and its own.
 */
import { crc32 } from "node:zlib";
import * as z from "zod";
import type { CheckpointContent } from "./checkpoint-bytes.js";

const count = z.int().nonnegative();

/** Number and CRC-32 of some bytes. */
export const sumSchema = z.object({ bytes: count, crc32: z.string() });
export type Sum = z.infer<typeof sumSchema>;

/** The sum of a metrics file, and the number of its lines. */
export const metricsSumSchema = sumSchema.extend({ lines: count });
/** What sums up a metrics file: bytes, checksum and lines, as a checkpoint or a summary keeps it. */
export type MetricsSum = z.infer<typeof metricsSumSchema>;

export const NOTHING: Sum = { bytes: 0, crc32: hexadecimal(0) };

/** The sum of what had the first sum, with more bytes behind. */
export function addToSum({ bytes, crc32: before }: Sum, more: Uint8Array): Sum {
  return { bytes: bytes + more.length, crc32: hexadecimal(crc32(more, Number.parseInt(before, 16))) };
}

export function sameSum(a: Sum, b: Sum): boolean {
  return a.bytes === b.bytes && a.crc32 === b.crc32;
}

/** CRC-32 of a text. */
export function textSum(text: string): string {
  return hexadecimal(crc32(text));
}

/** How long a run is trained: it may be prolonged, so these keys are no part of the recipe that a checkpoint stands for. */
export const LENGTH_KEYS = ["epochs", "steps", "scheduledSteps"] as const;

/** CRC-32 of a configuration, whatever the order of its keys, without {@link LENGTH_KEYS} of the training. */
export function recipeSum(configuration: Readonly<Record<string, unknown>>): string {
  const { training, ...rest } = configuration;
  const lasting =
    typeof training === "object" && training !== null
      ? Object.entries(training).filter(([key]) => !LENGTH_KEYS.some((length) => length === key))
      : [];
  return textSum(JSON.stringify(inOrder({ ...rest, training: Object.fromEntries(lasting) })));
}

/** What a checkpoint says of the files that it belongs to. */
export interface Seal {
  /** Of the metrics up to its step. */
  readonly metrics: MetricsSum;
  readonly recipe: string;
}

/** A checkpoint's content with its seal among the metadata. */
export function withSeal(
  { tensors, metadata }: CheckpointContent,
  { metrics, recipe }: Seal,
): CheckpointContent {
  const seal = {
    metricsLines: String(metrics.lines),
    metricsBytes: String(metrics.bytes),
    metricsCrc32: metrics.crc32,
    recipeCrc32: recipe,
  };
  return { tensors, metadata: { ...metadata, ...seal } };
}

const sealSchema = z.object({
  metricsLines: z.coerce.number(),
  metricsBytes: z.coerce.number(),
  metricsCrc32: z.string(),
  recipeCrc32: z.string(),
});

/** The seal of a checkpoint; undefined where an earlier version wrote it. */
export function sealIn({ metadata }: Pick<CheckpointContent, "metadata">): Seal | undefined {
  const { data } = sealSchema.safeParse(metadata);
  if (!data) return undefined;
  const { metricsLines: lines, metricsBytes: bytes, metricsCrc32, recipeCrc32: recipe } = data;
  return { metrics: { lines, bytes, crc32: metricsCrc32 }, recipe };
}

function hexadecimal(sum: number): string {
  return sum.toString(16).padStart(8, "0");
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
