/** Values over capacity from two sources: measured ones, over seeds, and published ones to compare them with. */
import { UserError } from "../../errors.js";
import { CATEGORY_COLOURS } from "../theme.js";
import type { UnitSpec } from "./vega-types.js";

export const MEASURED = "measured";
export const PUBLISHED = "published";

const DOT = 44;
/** Wide enough to be seen around a dot at the same place. */
const DIAMOND = 150;

/** What several seeds gave: their mean, the least and the greatest. */
export interface Spread {
  readonly mean: number;
  readonly least: number;
  readonly greatest: number;
  readonly seeds: number;
}

/**
 * Mean and extremes over seeds.
 * @throws UserError naming `where` when there is no value, or one that is not finite.
 */
export function spreadOf(values: readonly number[], quantity: string, where: string): Spread {
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new UserError({
      where,
      what: `the ${quantity} is ${values.length === 0 ? "missing" : "not finite"}`,
      remedy: "Leave the run out, or evaluate it again",
    });
  }
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    least: Math.min(...values),
    greatest: Math.max(...values),
    seeds: values.length,
  };
}

/** How a mark gets the colour of its series. */
export interface SeriesColour {
  readonly field: "series";
  readonly type: "nominal";
  readonly title: string | null;
  readonly scale: { readonly domain: string[]; readonly range: string[] };
  readonly legend: { readonly symbolOpacity: number; readonly symbolType: string } | null;
}

/** One colour a series, by its place in `order`, so that figures that lack some series agree in the others. */
export function seriesColour(series: readonly string[], order: readonly string[] = series): SeriesColour {
  const places = [...order, ...series.filter((name) => !order.includes(name))];
  return {
    field: "series",
    type: "nominal",
    title: null,
    scale: {
      domain: [...series],
      range: series.map((name) => CATEGORY_COLOURS[places.indexOf(name) % CATEGORY_COLOURS.length]),
    },
    legend: series.length > 1 ? { symbolOpacity: 1, symbolType: "circle" } : null,
  };
}

/** How the lines of published rows are drawn, and how large their diamonds are. */
export interface PublishedLook {
  readonly line: { readonly strokeWidth: number; readonly opacity: number; readonly strokeDash?: number[] };
  readonly diamond: number;
  /** Thin bars for published rows from `least` to `greatest`. Default: bars alike for all rows. */
  readonly thinBars?: boolean;
  /** Nothing is drawn beyond the axes. */
  readonly clip?: boolean;
}

const THIN: PublishedLook = { line: { strokeWidth: 1, opacity: 0.45 }, diamond: DIAMOND };

/** Lines with dots for measured rows, bars from `least` to `greatest`, thin lines with open diamonds for published ones. */
export function measuredPublishedLayers(
  color: SeriesColour,
  sources: readonly string[],
  { line, diamond, thinBars = false, clip = false }: PublishedLook = THIN,
): UnitSpec[] {
  const only = (source: string) => [{ filter: `datum.source === '${source}'` }];
  const bars = (mark: object, source?: string): UnitSpec => ({
    transform: [{ filter: "datum.greatest > datum.least" }, ...(source === undefined ? [] : only(source))],
    mark: { type: "rule", ...mark },
    encoding: { y: { field: "least", type: "quantitative" }, y2: { field: "greatest" }, color },
  });
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
    {
      transform: only(PUBLISHED),
      mark: { type: "line", ...line, clip },
      encoding: { color },
    },
    { transform: only(MEASURED), mark: { type: "line", strokeWidth: 1.8, clip }, encoding: { color } },
    ...(thinBars
      ? [
          bars({ strokeWidth: 1.6, clip }, MEASURED),
          bars({ strokeWidth: 0.8, opacity: 0.6, clip }, PUBLISHED),
        ]
      : [bars({ strokeWidth: 1.6, clip })]),
    { transform: only(MEASURED), mark: { type: "circle", size: DOT, opacity: 1 }, encoding: { color } },
    {
      mark: { type: "point", strokeWidth: 1.4, filled: false, opacity: 1, tooltip: { content: "data" } },
      encoding: {
        color,
        shape,
        size: { condition: { test: `datum.source === '${MEASURED}'`, value: DOT }, value: diamond },
      },
    },
  ];
}
