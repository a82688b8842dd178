/** How well two spaces predict each other: the information plane of Glielmo et al. (2022), "Ranking the information content of distance measures". */
import type { FigureSpec, UnitSpec } from "./figure.js";
import { type CurveFigureOptions, curveMarks, seriesColour } from "./parts/curve-marks.js";
import { type CurveRow, curveFigure, curveRows, MEASURED, planeTable } from "./parts/curves.js";
import { type Axis, barEnds, type Domain, finiteExtent, plane, sizeOf, text, unit } from "./parts/plane.js";
import { STYLE } from "./theme.js";

/** The imbalances of one pair of spaces A and B: one number for each seed, in the same order in both lists. */
export interface InformationPoint {
  /** Δ(A→B): 0 where near in A means near in B, 1 where A says nothing about B. */
  readonly aToB: readonly number[];
  /** Δ(B→A). */
  readonly bToA: readonly number[];
  /** Which pair it is, such as `l4→l5`; stands next to the point. */
  readonly label?: string;
  /** What was published of it. */
  readonly published?: { readonly aToB: number; readonly bToA: number };
}

/** A path through the information plane, such as the layers of a run. */
export interface InformationSeries {
  readonly name: string;
  /** Joined in the order in which they are given. */
  readonly points: readonly InformationPoint[];
}

/** What a figure `information-plane` shows, as plain numbers and names. */
export interface InformationPlaneData {
  readonly series: readonly InformationSeries[];
}

/** How a figure `information-plane` is drawn. */
export interface InformationPlaneOptions extends CurveFigureOptions {
  /** What A and B are, such as `layer` and `input`. Default `A` and `B`. */
  readonly spaces?: readonly [a: string, b: string];
  /** Logarithmic axes, for pairs that are nearly equivalent; values that are not positive are left out. */
  readonly log?: boolean;
  /** Labels stand next to the points of these series alone. Default: of all. */
  readonly labelled?: readonly string[];
}

const SIDE = 340;

/**
 * Δ(A→B) to the right, Δ(B→A) upwards, on equal axes: means over seeds with bars in both directions,
 * published pairs as open diamonds on dashed lines. On the diagonal both predict each other equally well; the
 * corners are named.
 * @param data pairs of imbalances.
 * @param options how it is drawn.
 * @throws UserError when there is nothing to draw, two series have one name, a point's lists are not as long
 * as each other, or a value is not finite.
 */
export function informationPlane(
  { series }: InformationPlaneData,
  options: InformationPlaneOptions = {},
): FigureSpec {
  const { spaces: [a, b] = ["A", "B"], log = false } = options;
  const curves = series.map(({ name, points }) => ({
    name,
    points: points.map(({ aToB, bToA, label = "" }) => ({ x: aToB, values: bToA, label })),
    published: points.flatMap(({ published, label = "" }) =>
      published ? [{ x: published.aToB, value: published.bToA, label }] : [],
    ),
  }));
  const rows = curveRows("information-plane", curves, options, { asGiven: true });
  const all = log ? rows.filter(({ x, value }) => x > 0 && value > 0) : rows;
  const ends = all.flatMap(({ x, xLow, xHigh, value, low, high }) => [
    ...[x, value],
    ...barEnds([[x, xLow, xHigh] as const, [value, low, high] as const], log),
  ]);
  const [minimum, maximum] = finiteExtent(ends) ?? [0.1, 1];
  // As far as 1, where the corners have their meaning.
  const [from, to]: Domain = log
    ? [0.6 * minimum, 1.4 * Math.max(1, maximum)]
    : [0, 1.05 * Math.max(1, maximum)];
  const side = sizeOf(options, { width: SIDE, height: SIDE }).width;
  const along = (value: number) => (log ? Math.log(value) : value);
  const pixel = (value: number) => (side * (along(value) - along(from))) / (along(to) - along(from));
  const axis = (title: string): Axis => ({ title, domain: [from, to], log, grid: true });
  const diagonal = [from, to].map((end) => ({ x: end, value: end }));
  const labelled = all.filter(
    ({ series, label }) => label !== "" && (options.labelled?.includes(series) ?? true),
  );
  return curveFigure(
    "information-plane",
    options,
    {
      rows,
      title: "Information plane",
      caption: [
        `Information imbalance of ${a} and ${b} in both directions: near 0 what is near in the first is near in the second, near 1 the first says nothing about the second.`,
      ],
    },
    plane({ width: side, height: side }, axis(`Δ(${a} → ${b})`), axis(`Δ(${b} → ${a})`), [
      ...unit(diagonal, { type: "line", style: STYLE.referenceLine }),
      ...corners(a, b, side),
      ...curveMarks(all, seriesColour(rows, options), { x: [from, to], y: [from, to] }),
      ...labels(labelled, pixel),
    ]),
    planeTable(rows, "aToB", "bToA"),
  );
}

/** What it means to lie in each corner; on the diagonal the names stand along it. */
function corners(a: string, b: string, side: number): UnitSpec[] {
  const [near, far] = [6, side - 6];
  const along = { baseline: "bottom", angle: -45, dy: -2 };
  const places = [
    { name: "equivalent", x: 2 * near, y: side - 2 * near, align: "left", ...along },
    { name: `${a} contains ${b}`, x: near, y: near, align: "left", baseline: "top" },
    { name: `${b} contains ${a}`, x: far, y: far, align: "right", baseline: "bottom" },
    { name: "independent", x: side - 2 * near, y: 2 * near, align: "right", ...along },
  ];
  return places.flatMap(({ name, x, y, ...mark }) =>
    text([{ text: name }], mark, { x: { value: x }, y: { value: y } }),
  );
}

/** Labels nearer to each other than this would overlap, in units of the drawing. */
const LABEL = { width: 34, height: 11 };

/** The label of each pair at its measured point, or at the published one where it was not measured. */
function labels(rows: readonly CurveRow[], pixel: (value: number) => number): UnitSpec[] {
  const isCovered = (row: CurveRow, other: CurveRow) =>
    Math.abs(pixel(row.x) - pixel(other.x)) < LABEL.width &&
    Math.abs(pixel(row.value) - pixel(other.value)) < LABEL.height;
  const measured = rows.filter(({ source }) => source === MEASURED);
  const others = rows.filter(
    (row) =>
      row.source !== MEASURED &&
      !measured.some(({ series, label }) => series === row.series && label === row.label),
  );
  const named = [...measured, ...others];
  // Away from the diagonal, and away from the other points of a series that leaves it.
  return [true, false].flatMap((above) => {
    const kept: CurveRow[] = [];
    for (const row of named.filter(({ x, value }) => value > x === above))
      if (!kept.some((other) => isCovered(row, other))) kept.push(row);
    const place = above
      ? { align: "right", baseline: "bottom", dx: -5, dy: -3 }
      : { align: "left", baseline: "top", dx: 5, dy: 3 };
    return text(kept, place, { text: { field: "label" } });
  });
}
