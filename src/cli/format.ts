import { type AnyMetricName, METRIC_NAMES, METRICS, type Metric } from "../model/metrics.js";
import type { OwnMetric } from "../model/own-metric.js";

/** A number with this number of digits after the point; a dash if there is none. */
export function decimal(value: number | null | undefined, digits: number): string {
  return value?.toFixed(digits) ?? "-";
}

/** Metrics that every table of an evaluation words by itself, or leaves to --json. */
const WORDED: readonly AnyMetricName[] = [
  ...([
    "loss",
    "distortion",
    "squaredErrorPerPixel",
    "squaredErrorPerImage",
    "rateNats",
    "rateBits",
  ] as const),
  ...(["targetRateNats", "gapNats", "capacityNats", "capacityGapNats"] as const),
  ...(["penalty", "adversaryLoss", "pricePerNat", "distortionWithoutCode"] as const),
];

/** All other metrics: one that is new is shown without being named here. */
export const OTHER_METRICS = METRIC_NAMES.filter((name) => !WORDED.includes(name));

/** The metrics that were measured, by their labels, with their units and what counts. */
export function metricEntries(
  values: Readonly<Partial<Record<AnyMetricName, number | null | undefined>>>,
  names: readonly AnyMetricName[],
): (readonly [label: string, value: string])[] {
  return names.flatMap((name) => {
    const { label, unit, digits, criterion }: Metric = METRICS[name];
    if (values[name] === undefined) return [];
    const value = `${decimal(values[name], digits)} ${unit}`.trim();
    return [[label, criterion === undefined ? value : `${value} (${criterion})`]];
  });
}

/** Metrics of one's own that were measured, by their labels, with their units. */
export function ownMetricEntries(
  values: Readonly<Record<string, unknown>>,
  metrics: readonly Pick<OwnMetric, "name" | "label" | "unit" | "digits">[],
): (readonly [label: string, value: string])[] {
  return metrics.flatMap(({ name, label, unit, digits }) => {
    const value = values[name];
    return value === undefined
      ? []
      : [[label, `${decimal(typeof value === "number" ? value : null, digits)} ${unit}`.trim()]];
  });
}

/** A difference in nats with its sign; a dash where there is none. */
export function signed(value: number | null | undefined): string {
  return value === null || value === undefined ? "-" : `${value >= 0 ? "+" : ""}${value.toFixed(3)}`;
}

/** A count with its thousands set apart: `349,643`. */
export function grouped(value: number): string {
  return value.toLocaleString("en-US");
}

/** Bytes for people: `812 B`, `2.4 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** An ISO time to the minute, in the user's own zone. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace("T", " ");
}

/** Seconds for people: `42 s`, `3 min 05 s`, `2 h 10 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")} min`;
}

/** A measured number: four digits after the point, or four significant ones where that would hide it. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(3) : value.toFixed(4);
}
