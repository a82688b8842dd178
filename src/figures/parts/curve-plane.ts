import { CATEGORY_COLOURS, STYLE } from "../theme.js";
import { colourAt, TEAL_TO_AMBER, toHex } from "./colour-map.js";
import type { CurveRow } from "./curves.js";
import { extentWithIntervals } from "./extent.js";
import type { IntervalKind } from "./interval.js";
import {
  MEASURED,
  measuredPublishedLayers,
  PUBLISHED,
  type PublishedLook,
  type SeriesColour,
  seriesColour,
} from "./measured-published.js";
import type { LayerSpec, UnitSpec } from "./vega-types.js";

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

/** What every figure of curves may be told. */
export interface CurveFigureOptions extends CurveColours {
  readonly title?: string;
  readonly caption?: string;
  /** What the bars show where there are several seeds. Default `confidence`. */
  readonly interval?: IntervalKind;
}

/** The same of a figure whose vertical axis is a quantity of any kind. */
export interface QuantityFigureOptions extends CurveFigureOptions {
  /** What is followed, with its unit: the title of the vertical axis. Default `value`. */
  readonly quantity?: string;
  /** Column of the table that holds it. Default `value`. */
  readonly column?: string;
  /** Logarithmic vertical axis; values that are not positive are left out. */
  readonly log?: boolean;
  /** Ends of the vertical axis. */
  readonly domain?: CurveAxis["domain"];
}

/** A value that a reader needs to see curves against: a dashed line across, with a name. */
export interface Level {
  readonly value: number;
  readonly name: string;
  /** At which end its name stands. Default `end`. */
  readonly at?: "start" | "end";
  /** The name stands below the line. */
  readonly below?: boolean;
}

/** The vertical axis. */
export interface CurveAxis {
  /** The quantity with its unit. */
  readonly title: string;
  /** Logarithmic; values that are not positive are left out. */
  readonly log?: boolean;
  /** Default: what the values need, and 0 where the axis is not logarithmic. */
  readonly domain?: readonly [least: number, greatest: number];
  /** Default `left`. An axis on the right has no lines across. */
  readonly side?: "left" | "right";
  /** Colour of its title. */
  readonly tint?: string;
}

/** The horizontal axis, for a field `at`. */
export interface PlaceAxis {
  readonly title: string;
  readonly scale: object;
  readonly axis: object;
  /** Where a row stands on it. */
  readonly atOf: (x: number) => number;
}

const WIDTH = 380;
const HEIGHT = 270;
const GREY = "#8a8f98";
/** Published curves are dashed, their diamonds small: there are many of both. */
export const DASHED: PublishedLook = {
  line: { strokeWidth: 1.3, opacity: 0.8, strokeDash: [4, 3] },
  diamond: 34,
  thinBars: true,
  clip: true,
};

/** Curves on their axes: levels underneath, published ones dashed, measured ones on top. */
export function curvePlane(
  rows: readonly CurveRow[],
  {
    place,
    axis,
    colour,
    levels = [],
    sources = sourcesOf(rows),
  }: {
    readonly place: PlaceAxis;
    readonly axis: CurveAxis;
    readonly colour: SeriesColour;
    readonly levels?: readonly Level[];
    /** What the legend tells apart. Default: what the rows have. */
    readonly sources?: readonly string[];
  },
): LayerSpec {
  const shown = axis.log ? rows.filter(({ value }) => value > 0) : rows;
  const shownLevels = axis.log ? levels.filter(({ value }) => value > 0) : levels;
  const domain = axis.domain ?? domainOf(shown, shownLevels, axis.log ?? false);
  const values = shown.map((row) => ({
    ...row,
    at: place.atOf(row.x),
    // On a logarithmic axis a bar that reaches 0 ends where the axis does.
    least: axis.log ? Math.max(row.least, domain[0]) : row.least,
  }));
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values },
    encoding: {
      x: {
        field: "at",
        type: "quantitative",
        title: place.title,
        scale: place.scale,
        axis: { grid: false, ...place.axis },
      },
      y: {
        field: "value",
        type: "quantitative",
        title: axis.title,
        scale: exactScale(domain, axis.log ?? false),
        axis: {
          ...exactTicks(domain, axis.log ?? false),
          orient: axis.side ?? "left",
          grid: axis.side !== "right",
          ...(axis.tint === undefined ? {} : { titleColor: axis.tint }),
        },
      },
      detail: { field: "piece" },
    },
    layer: [...shownLevels.flatMap(levelLayers), ...measuredPublishedLayers(colour, sources, DASHED)],
  };
}

/** A scale that ends where it is told to. */
export function exactScale(domain: readonly [number, number], log: boolean) {
  const exact = { domain: [...domain], nice: false };
  return log ? { type: "log" as const, ...exact } : { zero: false, ...exact };
}

const LOG_STEPS = [1, 2, 5];

/** Ticks of such a scale: of a logarithmic one at powers of ten, and at twice and five times these where there are few. */
export function exactTicks([least, greatest]: readonly [number, number], log: boolean) {
  const format = "~r";
  if (!log) return { tickCount: 6, format };
  const exponents = Array.from(
    { length: Math.ceil(Math.log10(greatest)) - Math.floor(Math.log10(least)) + 1 },
    (_, k) => Math.floor(Math.log10(least)) + k,
  );
  const within = (value: number) => value >= least && value <= greatest;
  const powers = exponents.map((exponent) => 10 ** exponent).filter(within);
  const values =
    powers.length > 2
      ? powers
      : exponents.flatMap((exponent) => LOG_STEPS.map((step) => step * 10 ** exponent)).filter(within);
  return { values, format };
}

/** The sources that some rows come from, in the order of the legend. */
export function sourcesOf(rows: readonly { readonly source: string }[]): string[] {
  return [MEASURED, PUBLISHED].filter((source) => rows.some((row) => row.source === source));
}

function domainOf(rows: readonly CurveRow[], levels: readonly Level[], log: boolean): [number, number] {
  if (rows.length === 0) return log ? [0.1, 1] : [0, 1];
  const [least, greatest] = extentWithIntervals(
    rows.map(({ value, least, greatest }) => [value, log ? Math.max(least, value / 2) : least, greatest]),
    levels.map(({ value }) => value),
  );
  if (log) return [0.8 * least, 1.25 * greatest];
  const margin = 0.05 * (Math.max(0, greatest) - Math.min(0, least)) || 1;
  return [least < 0 ? least - margin : 0, greatest > 0 ? greatest + margin : 0];
}

function levelLayers({ value, name, at = "end", below = false }: Level): UnitSpec[] {
  const data = { values: [{ value, name }] };
  return [
    {
      data,
      mark: { type: "rule", style: STYLE.referenceLine, clip: true },
      encoding: { x: { value: 0 }, x2: { value: "width" } },
    },
    {
      data,
      mark: {
        type: "text",
        style: STYLE.quietAnnotation,
        align: at === "end" ? "right" : "left",
        baseline: below ? "top" : "bottom",
        dy: below ? 6 : -2,
      },
      encoding: { x: { value: at === "end" ? WIDTH - 4 : 4 }, text: { field: "name" } },
    },
  ];
}

/** The colour of each curve by its name. */
export function curveColour(
  rows: readonly { readonly series: string }[],
  { colourOrder, legendTitle, colours = "distinct", grey }: CurveColours,
): SeriesColour {
  const series = [...new Set(rows.map((row) => row.series))];
  const order = colourOrder ?? series;
  const plain = seriesColour(series, order);
  const places = [...order, ...series.filter((name) => !order.includes(name))].filter(
    (name) => name !== grey,
  );
  const ramp = colourAt(TEAL_TO_AMBER);
  const range = series.map((name) => {
    if (name === grey) return GREY;
    const place = places.indexOf(name);
    return colours === "ordered"
      ? toHex(ramp(places.length > 1 ? place / (places.length - 1) : 0))
      : CATEGORY_COLOURS[place % CATEGORY_COLOURS.length];
  });
  return {
    ...plain,
    title: legendTitle ?? null,
    scale: { domain: series, range },
  };
}
