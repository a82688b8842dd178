import type { Decimation, SubsetPlan } from "../../../geometry/intrinsic-dimension/index.js";
import type { Rows } from "../../../geometry/neighbours/index.js";
import { grouped } from "../../format.js";
import { printJson, printLine, warn } from "../../output.js";
import type { DimensionMethod, MethodSettings, ScaleEstimate } from "./dimension-methods.js";
import { numberText, tableLines } from "./format.js";

/** What was measured of some points. */
export interface MeasuredDimension {
  readonly method: DimensionMethod;
  readonly settings: MethodSettings;
  /** The points that were measured. */
  readonly rows: Rows;
  /** Rows asked, where not all were. */
  readonly queries: Int32Array | undefined;
  readonly estimates: readonly ScaleEstimate[];
  readonly decimation: readonly (SubsetPlan & Decimation)[];
  /** Said beside the numbers in JSON: the options, and what became of duplicates. */
  readonly about: object;
}

/** Warns of whatever was left out or could not be had. */
export function warnOfDimension({ rows: { name }, estimates, decimation }: MeasuredDimension): void {
  for (const { n1, n2, zeroDistances, reason } of estimates) {
    const where = n1 === undefined ? name : `${name}, neighbours ${n1} and ${n2}`;
    if (zeroDistances > 0) warn(`${where}: ${grouped(zeroDistances)} distances are 0, and left out`);
    if (reason !== null) warn(`${where}: no dimension: ${reason}`);
  }
  for (const { size, subsets, dimensions } of decimation) {
    const without = dimensions.filter(Number.isNaN).length;
    if (without > 0)
      warn(
        `${name}: ${without} of ${subsets} subsets of ${grouped(size)} points have no dimension, and are left out`,
      );
  }
}

/** Prints a dimension as JSON; numbers that there are not as null. */
export function printDimensionJson(measured: MeasuredDimension): void {
  const { method, settings, rows, estimates, decimation, about } = measured;
  printJson({
    definition: method.definition,
    units: "dimensions; scale in units of the points",
    ...about,
    ...(method.takes.includes("discard") && { discard: settings.discard }),
    ...(method.takes.includes("k") && { k: settings.neighbours }),
    ...(method.scales ? { scales: estimates } : estimates[0]),
    points: rows.count,
    columns: rows.dimension,
    ...(decimation.length > 0 && { decimation }),
  });
}

/** Prints a dimension for people. */
export function describeDimension({
  method,
  settings,
  rows,
  queries,
  estimates,
  decimation,
}: MeasuredDimension): void {
  const asked = queries ? `${grouped(queries.length)} of ` : "";
  printLine(`${rows.name}: ${asked}${grouped(rows.count)} points of ${grouped(rows.dimension)} columns`);
  printLine(method.label(settings));
  printLine();
  const cells = ({ n1, n2, dimension, standardError, linkedError, scale, tied }: ScaleEstimate) => [
    ...(method.scales ? [`${n1}, ${n2}`] : []),
    ...[dimension, standardError, linkedError ?? Number.NaN, scale].map(numberText),
    grouped(tied),
  ];
  const header = ["dimension", "standard error", "linked error", "scale", "tied"];
  const scaled = method.scales ? ["neighbours"] : [];
  for (const line of tableLines([[...scaled, ...header], ...estimates.map(cells)])) printLine(line);
  if (decimation.length === 0) return;
  printLine();
  const subsets = decimation.map(({ size, subsets: drawn, dimension, standardError, scale }) => [
    grouped(size),
    grouped(drawn),
    ...[dimension, standardError, scale].map(numberText),
  ]);
  for (const line of tableLines([["points", "subsets", "dimension", "standard error", "scale"], ...subsets]))
    printLine(line);
}
