/** Curves of a quantity over some place (a layer, an epoch, a size): measured over seeds, and published beside. */
import { UserError } from "../../errors.js";
import { type FigureTable, requireFinite } from "../figure.js";
import { INTERVAL_NAMES, type IntervalKind, meanInterval } from "./interval.js";
import { MEASURED, PUBLISHED } from "./measured-published.js";

/** What was measured at one place. */
export interface CurvePoint {
  readonly x: number;
  /** One value for each seed; empty where nothing was measured. */
  readonly values: readonly number[];
}

/** What was published of one place. */
export interface PublishedPoint {
  readonly x: number;
  readonly value: number;
  /** It may lie off by so much, such as where it was read off a drawing. */
  readonly uncertainty?: number;
}

export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
  readonly published?: readonly PublishedPoint[];
}

/** A point as it is drawn. */
export interface CurveRow {
  readonly series: string;
  readonly source: string;
  readonly x: number;
  readonly value: number;
  /** Ends of its bar. */
  readonly least: number;
  readonly greatest: number;
  readonly seeds: number | "";
  /** Points of one piece of a line are joined. */
  readonly piece: number;
}

/** How a figure speaks of its curves. */
export interface CurveWords {
  /** Name of the figure. */
  readonly figure: string;
  /** A place in words, such as `layer l5`. */
  readonly placeOf: (x: number) => string;
  readonly interval: IntervalKind;
  /** Points that are further apart than this are not joined. Default: all are. */
  readonly reach?: number;
}

/**
 * Curves as rows, each by rising x: means over seeds with their intervals, then what was published.
 * @throws UserError when there is nothing to draw, two curves have one name, or a value is not finite.
 */
export function curveRows(curves: readonly Curve[], words: CurveWords): CurveRow[] {
  const rows = curves.flatMap((curve, k) => {
    if (curves.findIndex(({ name }) => name === curve.name) !== k) refuseTwice(words.figure, curve.name);
    return [measuredRows(curve, words), publishedRows(curve, words)].flatMap((found) =>
      inPieces(found, words.reach ?? Number.POSITIVE_INFINITY),
    );
  });
  if (rows.length > 0) return rows;
  throw new UserError({
    where: words.figure,
    what: "no value given",
    remedy: "Give at least one measured or published value",
  });
}

function refuseTwice(figure: string, name: string): never {
  throw new UserError({
    where: `${figure}, ${name}`,
    what: "two curves have this name",
    remedy: "Put their points together, or name them apart",
  });
}

type PlainRow = Omit<CurveRow, "piece">;

/** The rows of one line, those of a place that is missing between two telling its pieces apart. */
function inPieces(rows: readonly PlainRow[], reach: number): CurveRow[] {
  let piece = 0;
  return rows.map((row, k) => {
    if (k > 0 && row.x - rows[k - 1]!.x > reach) piece++;
    return { ...row, piece };
  });
}

function measuredRows({ name, points }: Curve, { figure, placeOf, interval }: CurveWords): PlainRow[] {
  return byPlace(points).flatMap(({ x, values }) => {
    if (values.length === 0) return [];
    const { mean, low, high } = meanInterval(values, interval, `${figure}, ${name} at ${placeOf(x)}`);
    return [
      { series: name, source: MEASURED, x, value: mean, least: low, greatest: high, seeds: values.length },
    ];
  });
}

function publishedRows({ name, published = [] }: Curve, { figure, placeOf }: CurveWords): PlainRow[] {
  return byPlace(published).map(({ x, value, uncertainty = 0 }) => {
    requireFinite([value, uncertainty], `${figure}, ${name} at ${placeOf(x)}, published`);
    return {
      series: name,
      source: PUBLISHED,
      x,
      value,
      least: value - uncertainty,
      greatest: value + uncertainty,
      seeds: "",
    };
  });
}

function byPlace<Point extends { readonly x: number }>(points: readonly Point[]): Point[] {
  return [...points].sort((a, b) => a.x - b.x);
}

/** The rows as a table: the place as `columnOf` writes it, under its own name. */
export function curveTable(
  rows: readonly CurveRow[],
  { curve, place, quantity }: { readonly curve: string; readonly place: string; readonly quantity: string },
  columnOf: (x: number) => string | number = (x) => x,
): FigureTable {
  return {
    columns: [curve, "source", place, quantity, "low", "high", "seeds"],
    rows: rows.map(({ series, source, x, value, least, greatest, seeds }) => [
      series,
      source,
      columnOf(x),
      value,
      least,
      greatest,
      seeds,
    ]),
  };
}

/** What a caption says of bars and of published values: nothing of what is not there. */
export function curvesCaption(rows: readonly CurveRow[], interval: IntervalKind): string {
  const seeds = Math.max(0, ...rows.map((row) => row.seeds || 0));
  return [
    seeds > 1 ? `Dots are means over up to ${seeds} seeds, bars ${INTERVAL_NAMES[interval]}.` : "",
    rows.some(({ source }) => source === PUBLISHED) ? "Dashed, with open diamonds: published values." : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
