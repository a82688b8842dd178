import type { Measurement } from "./measurement.js";

/** The measurements as lines for people: label, number, its median, and the change since an earlier run. */
export function tableLines(
  measurements: readonly Measurement[],
  before: readonly Measurement[] = [],
): string[] {
  const earlier = new Map(before.map((measurement) => [measurement.key, measurement]));
  const rows = measurements.map((measurement) => [
    measurement.label,
    formatNumber(measurement.value),
    measurement.unit,
    remark(measurement),
    change(measurement, earlier.get(measurement.key)),
  ]);
  const widths = rows.reduce(
    (maximum, row) => maximum.map((width, column) => Math.max(width, row[column]!.length)),
    [0, 0, 0, 0, 0],
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
}

/** Three digits that count, whole numbers from 100 on. */
function formatNumber(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function remark({ details = {}, better }: Measurement): string {
  const { median, processor, limit, variant } = details;
  const parts = [
    typeof median === "number" ? `median ${formatNumber(median)}` : "",
    typeof processor === "number" ? `processor ${formatNumber(processor)}` : "",
    limit === undefined ? "" : `at ${better === "lower" ? "most" : "least"} ${limit}`,
    variant ?? "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** The relative change, and whether it is for the better; nothing where there is no earlier number. */
function change({ value, better }: Measurement, earlier: Measurement | undefined): string {
  if (!earlier || earlier.value === 0) return "";
  const percent = 100 * (value / earlier.value - 1);
  if (Math.abs(percent) < 0.5) return "unchanged";
  const good = percent > 0 === (better === "higher");
  return `${percent > 0 ? "+" : ""}${percent.toFixed(0)} % (${good ? "better" : "worse"})`;
}
