/** Curves on their plane: the colour of each, lines, dots and bars. */
import type { LayerSpec, UnitSpec } from "../figure.js";
import { CATEGORY_COLOURS, GREY } from "../theme.js";
import { colourAt, TEAL_TO_AMBER, toHex } from "./colour-map.js";
import { type CurveOptions, type CurveRow, MEASURED, PUBLISHED, type QuantityOptions } from "./curves.js";
import {
  type Axis,
  type Domain,
  domainOf,
  type Level,
  levelMarks,
  plane,
  type Size,
  sizeOf,
  unit,
} from "./plane.js";

/** Which colour each curve has. */
export interface CurveColours {
  /** Names of curves in the order of their colours, so that figures with some of them agree. Default: as they come. */
  readonly colourOrder?: readonly string[];
  /** What the names are values of, such as `K`: the title of the legend. */
  readonly legendTitle?: string;
  /** `ordered`: along one ramp, for names that rise; `distinct` (the default): as different as they can be. */
  readonly colours?: "ordered" | "distinct";
  /** The curve of this name is grey: what all others are to be seen against. */
  readonly grey?: string;
}

/** How a mark gets the colour of its series. */
export type SeriesColour = ReturnType<typeof seriesColour>;

/** The colour of each curve by its name; `legend` says whether it is shown. Default: where there are several. */
export function seriesColour(
  rows: readonly { readonly series: string }[],
  { colourOrder, legendTitle, colours = "distinct", grey }: CurveColours = {},
  legend?: boolean,
) {
  const series = [...new Set(rows.map((row) => row.series))];
  const places = [...new Set([...(colourOrder ?? []), ...series])].filter((name) => name !== grey);
  const ramp = colourAt(TEAL_TO_AMBER);
  const range = series.map((name) => {
    if (name === grey) return GREY;
    const place = places.indexOf(name);
    return colours === "ordered"
      ? toHex(ramp(places.length > 1 ? place / (places.length - 1) : 0))
      : CATEGORY_COLOURS[place % CATEGORY_COLOURS.length];
  });
  return {
    field: "series",
    type: "nominal" as const,
    title: legendTitle ?? null,
    scale: { domain: series, range },
    legend: (legend ?? series.length > 1) ? { symbolOpacity: 1, symbolType: "circle" as const } : null,
  };
}

const DOT = 44;
/** Where an axis cuts a bar. */
const ARROW = 40;
/** Small enough for many curves. */
const DIAMOND = 34;

/** The sources that some rows come from, in the order of the legend. */
export function sourcesOf(rows: readonly CurveRow[]): string[] {
  return [MEASURED, PUBLISHED].filter((source) => rows.some((row) => row.source === source));
}

interface CurveLook {
  /** What the legend distinguishes. Default: the sources of the rows. */
  readonly sources?: readonly string[];
  /** Area of a published diamond; a large one is seen around a dot at the same place. */
  readonly diamond?: number;
}

/** The ends of both axes. */
interface Frame {
  readonly x: Domain;
  readonly y: Domain;
}

/** Bars from low to high in both directions, where there are any; one that an axis cannot hold ends at its edge in an arrow. */
export function barMarks(
  rows: readonly CurveRow[],
  color: object,
  { x, y }: Frame,
  strokeWidth = 1.6,
  opacity = 1,
): UnitSpec[] {
  const mark = { type: "rule", strokeWidth, opacity, clip: true } as const;
  const seen = rows.filter((row) => within(row.x, x) && within(row.value, y));
  const upwards = seen.filter(({ low, high }) => high > low);
  const across = seen.filter(({ xLow, xHigh }) => xHigh > xLow);
  const arrow = (cut: readonly object[], edge: object, direction: string) =>
    unit(
      cut.map((row) => ({ ...row, ...edge })),
      { type: "point", shape: `triangle-${direction}`, size: ARROW, filled: true, opacity },
      { color },
    );
  return [
    ...unit(
      upwards.map((row) => ({ ...row, low: Math.max(row.low, y[0]), high: Math.min(row.high, y[1]) })),
      mark,
      { y: { field: "low" }, y2: { field: "high" }, color },
    ),
    ...unit(
      across.map((row) => ({ ...row, xLow: Math.max(row.xLow, x[0]), xHigh: Math.min(row.xHigh, x[1]) })),
      mark,
      { x: { field: "xLow" }, x2: { field: "xHigh" }, color },
    ),
    ...arrow(
      upwards.filter(({ low }) => low < y[0]),
      { value: y[0] },
      "down",
    ),
    ...arrow(
      upwards.filter(({ high }) => high > y[1]),
      { value: y[1] },
      "up",
    ),
    ...arrow(
      across.filter(({ xLow }) => xLow < x[0]),
      { x: x[0] },
      "left",
    ),
    ...arrow(
      across.filter(({ xHigh }) => xHigh > x[1]),
      { x: x[1] },
      "right",
    ),
  ];
}

function within(place: number, [from, to]: Domain): boolean {
  return place >= from && place <= to;
}

/** Lines with dots and bars for what was measured, dashed lines with open diamonds and thin bars for what was published. */
export function curveMarks(
  rows: readonly CurveRow[],
  color: SeriesColour,
  frame: Frame,
  { sources = sourcesOf(rows), diamond = DIAMOND }: CurveLook = {},
): UnitSpec[] {
  const [measured, published] = [MEASURED, PUBLISHED].map((source) =>
    rows.filter((row) => row.source === source),
  );
  const joined = { color, detail: { field: "piece" }, order: { field: "order" } } as const;
  const shape = {
    field: "source",
    type: "nominal" as const,
    title: null,
    scale: {
      domain: [...sources],
      range: sources.map((source) => (source === MEASURED ? "circle" : "diamond")),
    },
    legend: sources.length > 1 ? { symbolOpacity: 1, symbolSize: 60 } : null,
  };
  return [
    ...unit(
      published,
      { type: "line", strokeWidth: 1.3, opacity: 0.8, strokeDash: [4, 3], clip: true },
      joined,
    ),
    ...unit(measured, { type: "line", strokeWidth: 1.8, clip: true }, joined),
    ...barMarks(measured, color, frame),
    ...barMarks(published, color, frame, 0.8, 0.6),
    ...unit(measured, { type: "circle", size: DOT, opacity: 1 }, { color }),
    ...unit(
      rows,
      { type: "point", strokeWidth: 1.4, filled: false, opacity: 1, tooltip: { content: "data" } },
      {
        color,
        shape,
        size: { condition: { test: `datum.source === '${MEASURED}'`, value: DOT }, value: diamond },
      },
    ),
  ];
}

/** Ends of a vertical axis that holds curves with their bars, and whatever else must lie within. */
function curveDomain(rows: readonly CurveRow[], others: readonly number[] = [], log = false, zero = true) {
  return domainOf(
    { bars: rows.map(({ value, low, high }) => [value, low, high]), values: others, log },
    zero,
  );
}

/** Curves with their dots and bars over a place, levels underneath. On a logarithmic axis values that are not positive are left out. */
export function curvePlane(
  rows: readonly CurveRow[],
  {
    x,
    y,
    color,
    levels = [],
    size = sizeOf({}),
    ...look
  }: CurveLook & {
    readonly x: Axis;
    readonly y: Omit<Axis, "domain"> & { readonly domain?: Domain | undefined };
    readonly color: SeriesColour;
    readonly levels?: readonly Level[];
    readonly size?: Required<Size>;
  },
): LayerSpec {
  const log = Boolean(y.log);
  const shown = log ? rows.filter(({ value }) => value > 0) : rows;
  const lines = log ? levels.filter(({ value }) => value > 0) : levels;
  const domain =
    y.domain ??
    curveDomain(
      shown,
      lines.map(({ value }) => value),
      log,
    );
  const frame = { x: x.domain, y: domain };
  return plane(size, x, { ...y, domain }, [...levelMarks(lines), ...curveMarks(shown, color, frame, look)]);
}

/** Options of every figure of curves in one plane. */
export interface CurveFigureOptions extends CurveOptions, CurveColours, Size {}

/** The same of a figure whose vertical axis is a quantity of any kind. */
export interface QuantityFigureOptions extends CurveFigureOptions, QuantityOptions {
  /** Logarithmic vertical axis; values that are not positive are left out. */
  readonly log?: boolean;
  /** Ends of the vertical axis. */
  readonly domain?: Domain;
}
