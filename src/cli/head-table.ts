import type { HeadMetrics } from "../runs/head-metrics.js";
import { decimal } from "./format.js";
import { type Column, tableLines } from "./table.js";

const COLUMNS: readonly Column[] = [
  { title: "head", align: "left" },
  { title: "loss in nats", align: "right" },
  { title: "accuracy", align: "right" },
  { title: "F1", align: "right" },
  // As the authors log it (rule C3).
  { title: "F1, mean of batches of 32", align: "right" },
];

/** Loss and scores of every head as a table for people; no lines where there are no heads. */
export function headTable({ headLosses, tasks }: HeadMetrics): string[] {
  const heads = Object.entries(tasks);
  if (heads.length === 0) return [];
  return tableLines(
    COLUMNS,
    heads.map(([head, { accuracy, f1, f1BatchMean }]) => [
      head,
      decimal(headLosses[head], 4),
      decimal(accuracy, 3),
      decimal(f1, 3),
      decimal(f1BatchMean, 3),
    ]),
  );
}
