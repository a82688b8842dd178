/** Curves in a plane: measured over seeds, and published ones to compare with. */
import {
  type FigureOptions,
  type FigureSpec,
  figure,
  requireDistinct,
  requireFinite,
  requireLength,
  requireSome,
} from "../figure.js";
import { columnName, type FigureTable, tableOf } from "../table.js";
import { barsText, type IntervalKind, meanInterval } from "./interval.js";

export const MEASURED = "measured";
export const PUBLISHED = "published";

/** What was measured at one place. */
export interface CurvePoint {
  /** The place; or one for each seed, where it too was measured. */
  readonly x: number | readonly number[];
  /** One value for each seed; empty where nothing was measured. */
  readonly values: readonly number[];
  /** Written next to the point where the figure has room, and shown under the pointer. */
  readonly label?: string;
}

/** What was published of one place. */
export interface PublishedPoint {
  readonly x: number;
  /** In the unit of the curve. */
  readonly value: number;
  /** The value is known up to this, such as where it was read off a drawing. */
  readonly uncertainty?: number;
  readonly label?: string;
}

/** A line of a figure: its name in the legend, its measured points, and what was published for it. */
export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
  readonly published?: readonly PublishedPoint[];
}

/** A point as it is drawn: means, and the ends of their bars. */
export interface CurveRow {
  readonly series: string;
  readonly source: typeof MEASURED | typeof PUBLISHED;
  readonly label: string;
  readonly x: number;
  readonly xLow: number;
  readonly xHigh: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number | "";
  /** Points of one curve are joined in this order, those of one piece of it. */
  readonly order: number;
  readonly piece: number;
}

/** What errors call the places of curves, and how their points are joined. */
interface CurvePlaces {
  /** A place in words, such as `layer l5`. Default: the label of the point, or its number. */
  readonly placeOf?: (x: number) => string;
  /** Points that are further apart than this are not joined. Default: all are. */
  readonly reach?: number;
  /** Joined in the order in which they are given. Default: by rising x. */
  readonly asGiven?: boolean;
}

/**
 * Curves of a figure as rows: means over seeds with their intervals, then what was published.
 * @throws UserError when there is nothing to draw, two curves have one name, a point has not one x for each value, or a value
 * is not finite.
 */
export function curveRows(
  figure: string,
  curves: readonly Curve[],
  { interval }: CurveOptions,
  places: CurvePlaces = {},
): CurveRow[] {
  requireDistinct(curves, figure);
  const rows = curves.flatMap((curve) =>
    [measuredRows(figure, curve, interval, places), publishedRows(figure, curve)].flatMap((found) =>
      joined(found, places),
    ),
  );
  requireSome(rows, figure, "value");
  return rows;
}

type PlainRow = Omit<CurveRow, "order" | "piece">;

/** The rows of one line in the order in which they are joined; where a place between two is missing, the next piece begins. */
function joined(found: readonly PlainRow[], { asGiven = false, reach = Infinity }: CurvePlaces): CurveRow[] {
  const rows = asGiven ? found : [...found].sort((a, b) => a.x - b.x);
  let piece = 0;
  return rows.map((row, order) => {
    if (order > 0 && row.x - rows[order - 1].x > reach) piece++;
    return { ...row, order, piece };
  });
}

function measuredRows(
  figure: string,
  { name, points }: Curve,
  interval: IntervalKind | undefined,
  { placeOf }: CurvePlaces,
): PlainRow[] {
  return points.flatMap(({ x, values, label = "" }, k): PlainRow[] => {
    const where =
      placeOf && typeof x === "number"
        ? `${figure}, ${name} at ${placeOf(x)}`
        : `${figure}, ${name}, ${label || `point ${k + 1}`}`;
    if (typeof x !== "number")
      requireLength(values.length, x.length, `${where}, vertical values`, "horizontal ones");
    if (values.length === 0) return [];
    const across =
      typeof x === "number"
        ? { mean: x, low: x, high: x }
        : meanInterval(x, interval, `${where}, horizontal`);
    const { mean, low, high } = meanInterval(values, interval, where);
    return [
      {
        ...{ series: name, source: MEASURED, label },
        ...{ x: across.mean, xLow: across.low, xHigh: across.high },
        ...{ value: mean, low, high, seeds: values.length },
      },
    ];
  });
}

function publishedRows(figure: string, { name, published = [] }: Curve): PlainRow[] {
  return published.map(({ x, value, uncertainty = 0, label = "" }) => {
    requireFinite([x, value, uncertainty], `${figure}, ${name}, published`);
    return {
      ...{ series: name, source: PUBLISHED, label, x, xLow: x, xHigh: x, value },
      ...{ low: value - uncertainty, high: value + uncertainty, seeds: "" },
    };
  });
}

/** The rows as a table: the place as `columnOf` writes it, under its own name. */
export function curveTable(
  rows: readonly CurveRow[],
  { curve, place, quantity }: { readonly curve: string; readonly place: string; readonly quantity: string },
  columnOf: (x: number) => string | number = (x) => x,
): FigureTable {
  return tableOf(rows, {
    [curve]: "series",
    source: "source",
    [place]: ({ x }) => columnOf(x),
    [quantity]: "value",
    ...{ low: "low", high: "high", seeds: "seeds" },
  });
}

/** The rows as a table where both quantities have intervals; `x` and `y` name their columns, units included. */
export function planeTable(rows: readonly CurveRow[], x: string, y: string): FigureTable {
  return tableOf(rows, {
    ...{ series: "series", source: "source", label: "label" },
    ...{ [x]: "x", [`${x}Low`]: "xLow", [`${x}High`]: "xHigh" },
    ...{ [y]: "value", [`${y}Low`]: "low", [`${y}High`]: "high", seeds: "seeds" },
  });
}

/** Options of every figure of curves. */
export interface CurveOptions extends FigureOptions {
  /** What the bars show where there are several seeds. Default `confidence`. */
  readonly interval?: IntervalKind;
}

/** Options of a figure of curves whose vertical axis is a quantity of any kind. */
export interface QuantityOptions {
  /** What is measured, with its unit in brackets: the title of the vertical axis. Default `value`. */
  readonly quantity?: string;
  /** Column of the table that holds it. Default: the quantity as one word, such as `rateNats`. */
  readonly column?: string;
}

/** The title of the axis of a quantity, and the name of its column. */
export function quantityNames({ quantity = "value", column }: QuantityOptions) {
  return { quantity, column: column ?? columnName(quantity) };
}

/** A figure of curves: its bars and published values are explained in the caption and above the picture, where there are any. */
export function curveFigure(
  name: string,
  options: CurveOptions,
  {
    rows,
    title,
    caption: [first, ...others],
  }: { readonly rows: readonly CurveRow[]; readonly title: string; readonly caption: readonly string[] },
  spec: FigureSpec["spec"],
  table: FigureTable,
): FigureSpec {
  const bars = barsText(rows, options.interval);
  const sentences = [
    first,
    bars === "" ? "" : `Dots: means over seeds; ${bars}.`,
    rows.some(({ source }) => source === PUBLISHED) ? "Dashed, with open diamonds: published values." : "",
    ...others,
  ];
  return figure(name, options, { title, caption: sentences, subtitle: bars }, spec, table);
}
