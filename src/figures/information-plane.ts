/** What two spaces tell of each other: the information plane of Glielmo et al. (2022), "Ranking the information content of distance measures". */
import { UserError } from "../errors.js";
import { type FigureSpec, type FigureTable, requireFinite, requireLength } from "./figure.js";
import {
  type CurveFigureOptions,
  curveColour,
  DASHED,
  exactScale,
  exactTicks,
  sourcesOf,
} from "./parts/curve-plane.js";
import { finiteExtent } from "./parts/extent.js";
import { INTERVAL_NAMES, type IntervalKind, meanInterval } from "./parts/interval.js";
import { MEASURED, measuredPublishedLayers, PUBLISHED } from "./parts/measured-published.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

/** The imbalances of one pair of spaces A and B: one number for each seed, in the same order in both lists. */
export interface InformationPoint {
  /** Δ(A→B): 0 where near in A means near in B, 1 where A tells nothing of B. */
  readonly aToB: readonly number[];
  /** Δ(B→A). */
  readonly bToA: readonly number[];
  /** Which pair it is, such as `l4→l5`; stands beside the point. */
  readonly label?: string;
  /** What was published of it. */
  readonly published?: { readonly aToB: number; readonly bToA: number };
}

export interface InformationSeries {
  readonly name: string;
  /** Joined in the order in which they are given. */
  readonly points: readonly InformationPoint[];
}

export interface InformationPlaneData {
  readonly series: readonly InformationSeries[];
}

export interface InformationPlaneOptions extends CurveFigureOptions {
  /** What A and B are, such as `layer` and `input`. Default `A` and `B`. */
  readonly spaces?: readonly [a: string, b: string];
  /** Logarithmic axes, for pairs that are nearly equivalent; values that are not positive are left out. */
  readonly log?: boolean;
  /** Labels stand beside the points of these series alone. Default: of all. */
  readonly labelled?: readonly string[];
}

interface Row {
  readonly series: string;
  readonly source: string;
  readonly label: string;
  readonly order: number;
  readonly x: number;
  readonly xLeast: number;
  readonly xGreatest: number;
  readonly value: number;
  readonly least: number;
  readonly greatest: number;
  readonly seeds: number | "";
}

const SIDE = 340;

/**
 * Δ(A→B) to the right, Δ(B→A) upwards, on equal axes: means over seeds with bars in both directions, published pairs as open
 * diamonds on dashed lines. On the diagonal both know as much of each other; the corners are named.
 * @throws UserError when there is nothing to draw, two series have one name, a point's lists are not as long as each other, or
 * a value is not finite.
 */
export function informationPlane(
  { series }: InformationPlaneData,
  options: InformationPlaneOptions = {},
): FigureSpec {
  const interval = options.interval ?? "confidence";
  requireNames(series);
  const rows = series.flatMap((one) => rowsOf(one, interval));
  if (rows.length === 0) {
    throw new UserError({
      where: "information-plane",
      what: "no point given",
      remedy: "Give at least one series with a point",
    });
  }
  const seeds = Math.max(...rows.map((row) => row.seeds || 0));
  const [a, b] = options.spaces ?? ["A", "B"];
  return {
    name: "information-plane",
    title: options.title ?? "Information plane",
    caption:
      options.caption ??
      [
        `Information imbalance of ${a} and ${b} in both directions: near 0 the first tells what is near in the second, near 1 it tells nothing.`,
        seeds > 1 ? `Dots are means over up to ${seeds} seeds, bars ${INTERVAL_NAMES[interval]}.` : "",
        rows.some(({ source }) => source === PUBLISHED)
          ? "Dashed, with open diamonds: published values."
          : "",
      ]
        .filter((sentence) => sentence !== "")
        .join(" "),
    spec: { $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...planeOf(rows, [a, b], options) },
    table: tableOf(rows),
  };
}

function requireNames(series: readonly InformationSeries[]): void {
  const twice = series.find(({ name }, k) => series.findIndex((other) => other.name === name) !== k);
  if (!twice) return;
  throw new UserError({
    where: `information-plane, ${twice.name}`,
    what: "two series have this name",
    remedy: "Put their points together, or name them apart",
  });
}

function rowsOf({ name, points }: InformationSeries, interval: IntervalKind): Row[] {
  return points.flatMap(({ aToB, bToA, label = "", published }, order): Row[] => {
    const where = `information-plane, ${name}, ${label || `point ${order + 1}`}`;
    requireLength(bToA.length, aToB.length, `${where}, imbalances from B to A`, "from A to B");
    const common = { series: name, label, order };
    const found: Row[] = [];
    if (aToB.length > 0) {
      const x = meanInterval(aToB, interval, `${where}, from A to B`);
      const y = meanInterval(bToA, interval, `${where}, from B to A`);
      found.push({
        ...common,
        source: MEASURED,
        ...{ x: x.mean, xLeast: x.low, xGreatest: x.high },
        ...{ value: y.mean, least: y.low, greatest: y.high },
        seeds: aToB.length,
      });
    }
    if (published) {
      const { aToB: x, bToA: y } = published;
      requireFinite([x, y], `${where}, published`);
      found.push({
        ...common,
        source: PUBLISHED,
        ...{ x, xLeast: x, xGreatest: x },
        ...{ value: y, least: y, greatest: y },
        seeds: "",
      });
    }
    return found;
  });
}

function planeOf(
  all: readonly Row[],
  spaces: readonly [string, string],
  options: InformationPlaneOptions,
): LayerSpec {
  const log = options.log ?? false;
  const shown = log ? all.filter(({ x, value }) => x > 0 && value > 0) : all;
  const [least, greatest] = finiteExtent(shown.flatMap(({ x, value }) => [x, value])) ?? [0.1, 1];
  // As far as 1, where the corners have their meaning.
  const [from, to]: readonly [number, number] = log
    ? [0.6 * least, 1.4 * Math.max(1, greatest)]
    : [0, 1.05 * Math.max(1, greatest)];
  const values = shown.map((row) => ({
    ...row,
    least: Math.max(row.least, from),
    xLeast: Math.max(row.xLeast, from),
  }));
  const color = curveColour(shown, options);
  const along = (value: number) => (log ? Math.log(value) : value);
  const at = (value: number) => (SIDE * (along(value) - along(from))) / (along(to) - along(from));
  const [a, b] = spaces;
  const scale = exactScale([from, to], log);
  const axis = { ...exactTicks([from, to], log), grid: true };
  return {
    width: SIDE,
    height: SIDE,
    data: { values },
    encoding: {
      x: { field: "x", type: "quantitative", title: `Δ(${a} → ${b})`, scale, axis },
      y: { field: "value", type: "quantitative", title: `Δ(${b} → ${a})`, scale, axis },
      order: { field: "order", type: "quantitative" },
    },
    layer: [
      diagonal(from, to),
      ...corners(a, b),
      {
        transform: [{ filter: "datum.xGreatest > datum.xLeast" }],
        mark: { type: "rule", strokeWidth: 1.6, clip: true },
        encoding: { x: { field: "xLeast", type: "quantitative" }, x2: { field: "xGreatest" }, color },
      },
      ...measuredPublishedLayers(color, sourcesOf(shown), DASHED),
      ...labels(values, options.labelled, at),
    ],
  };
}

function diagonal(from: number, to: number): UnitSpec {
  return {
    data: { values: [from, to].map((end, order) => ({ x: end, value: end, order })) },
    mark: { type: "line", style: STYLE.referenceLine },
    encoding: {},
  };
}

/** What it means to lie in each corner; on the diagonal the names stand along it. */
function corners(a: string, b: string): UnitSpec[] {
  const [near, far] = [6, SIDE - 6];
  const along = { baseline: "bottom", angle: -45, dy: -2 } as const;
  const places = [
    { text: "equivalent", x: 2 * near, y: SIDE - 2 * near, align: "left", ...along },
    { text: `${a} holds ${b}`, x: near, y: near, align: "left", baseline: "top" },
    { text: `${b} holds ${a}`, x: far, y: far, align: "right", baseline: "bottom" },
    { text: "independent", x: SIDE - 2 * near, y: 2 * near, align: "right", ...along },
  ] as const;
  return places.map(({ text, x, y, ...mark }) => ({
    data: { values: [{ text }] },
    mark: { type: "text", style: STYLE.quietAnnotation, ...mark },
    encoding: { x: { value: x }, y: { value: y }, text: { field: "text" } },
  }));
}

/** So near to each other labels would write over each other, in units of the drawing. */
const LABEL = { width: 34, height: 11 };

/** Rows whose labels do not lie on an earlier one's; `at` gives the place of a value along a side. */
function apart(rows: readonly Row[], at: (value: number) => number): Row[] {
  const kept: Row[] = [];
  for (const row of rows) {
    const covered = kept.some(
      (other) =>
        Math.abs(at(row.x) - at(other.x)) < LABEL.width &&
        Math.abs(at(row.value) - at(other.value)) < LABEL.height,
    );
    if (!covered) kept.push(row);
  }
  return kept;
}

/** The label of each pair at its measured point, or at the published one where it was not measured. */
function labels(
  rows: readonly Row[],
  labelled: readonly string[] | undefined,
  at: (value: number) => number,
): UnitSpec[] {
  const named = rows.filter(
    (row) =>
      row.label !== "" &&
      (labelled?.includes(row.series) ?? true) &&
      (row.source === MEASURED ||
        !rows.some(
          (other) => other.source === MEASURED && other.series === row.series && other.order === row.order,
        )),
  );
  // Away from the diagonal, and away from the other points of a series that leaves it.
  const sides = [
    {
      values: apart(
        named.filter(({ x, value }) => value > x),
        at,
      ),
      align: "right",
      baseline: "bottom",
      dx: -5,
      dy: -3,
    },
    {
      values: apart(
        named.filter(({ x, value }) => value <= x),
        at,
      ),
      align: "left",
      baseline: "top",
      dx: 5,
      dy: 3,
    },
  ] as const;
  return sides.flatMap(({ values, ...mark }): UnitSpec[] =>
    values.length === 0
      ? []
      : [
          {
            data: { values },
            mark: { type: "text", style: STYLE.quietAnnotation, ...mark },
            encoding: { text: { field: "label" } },
          },
        ],
  );
}

function tableOf(rows: readonly Row[]): FigureTable {
  return {
    columns: [
      "series",
      "source",
      "label",
      "aToB",
      "aToBLow",
      "aToBHigh",
      "bToA",
      "bToALow",
      "bToAHigh",
      "seeds",
    ],
    rows: rows.map((row) => [
      row.series,
      row.source,
      row.label,
      row.x,
      row.xLeast,
      row.xGreatest,
      row.value,
      row.least,
      row.greatest,
      row.seeds,
    ]),
  };
}
