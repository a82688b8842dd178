import { type AnyMetricName, METRICS, metricTitle } from "../model/metrics.js";
import { type FieldName, type FieldValue, fieldOf } from "../runs/query/fields.js";
import type { SummarizedRun } from "../runs/summary.js";
import { decimal, formatDuration, formatTime, signed } from "./format.js";
import { type Column, left, right } from "./table.js";

/** A column of the table of all runs, and what stands in it for a run. */
export interface RunColumn extends Column {
  cellOf(run: SummarizedRun): string;
}

const column = (of: Column, cellOf: (run: SummarizedRun) => string): RunColumn => ({ ...of, cellOf });

function metricColumn(
  name: AnyMetricName,
  shown = (value: number | null | undefined) => decimal(value, METRICS[name].digits),
): RunColumn {
  return column(right(metricTitle(name)), ({ summary }) => shown(summary.validation?.[name]));
}

/** How fields are shown that are not shown as they are. */
const SHOWN: Partial<Record<string, RunColumn>> = {
  status: column(left("status"), ({ manifest: { status, importedFrom } }) =>
    importedFrom === undefined ? status : `${status} (imported)`,
  ),
  step: column(right("step"), ({ summary }) => outOf(summary.step, summary.totalSteps)),
  epoch: column(right("epoch"), ({ summary }) => outOf(summary.epoch, summary.epochs)),
  target: metricColumn("capacityNats", capacityWord),
  rate: metricColumn("rateNats"),
  gap: metricColumn("capacityGapNats", signed),
  mse: metricColumn("squaredErrorPerPixel"),
  loss: metricColumn("loss"),
  time: column(right("wall time"), ({ manifest: { wallTimeSeconds } }) =>
    wallTimeSeconds > 0 ? formatDuration(wallTimeSeconds) : "-",
  ),
  started: column(left("started"), ({ manifest }) => formatTime(manifest.startedAt ?? manifest.createdAt)),
  finished: column(left("finished"), ({ manifest: { finishedAt } }) =>
    finishedAt === undefined ? "-" : formatTime(finishedAt),
  ),
};

/** The columns where nobody asks for others. */
export const STANDARD_COLUMNS: readonly FieldName[] = [
  "run",
  "status",
  "step",
  "epoch",
  "target",
  "rate",
  "gap",
  "mse",
  "loss",
  "device",
  "threads",
  "time",
  "started",
];

/** The column of a field or a key of the configuration: numbers at the right. */
export function runColumn(key: string, runs: readonly SummarizedRun[]): RunColumn {
  const known = Object.hasOwn(SHOWN, key) ? SHOWN[key] : undefined;
  if (known) return known;
  const isNumber = runs.some((run) => typeof fieldOf(run, key) === "number");
  return column(isNumber ? right(key) : left(key), (run) => cellText(fieldOf(run, key)));
}

function cellText(value: FieldValue): string {
  if (value === null) return "-";
  if (typeof value === "object") return value.join(", ") || "-";
  // Settings as they were written, measured numbers to as many digits as mean something.
  return typeof value === "number" ? String(Number(value.toPrecision(7))) : String(value);
}

const outOf = (done: number, total: number | undefined) =>
  total === undefined ? String(done) : `${done}/${total}`;

/** A capacity as the configuration says it. */
function capacityWord(capacityNats: number | null | undefined): string {
  return capacityNats === null || capacityNats === undefined ? "-" : String(capacityNats);
}
