import { STYLE } from "../theme.js";
import { extentWithIntervals } from "./extent.js";
import { seriesColour } from "./measured-published.js";
import { spreadApart } from "./spread-apart.js";
import type { LayerSpec, UnitSpec } from "./vega-types.js";

/** A point of a method: means over its seeds, with their intervals. */
export interface PlaneRow {
  readonly series: string;
  readonly label: string;
  readonly rateNats: number;
  readonly rateLow: number;
  readonly rateHigh: number;
  readonly distortion: number;
  readonly distortionLow: number;
  readonly distortionHigh: number;
  readonly seeds: number;
}

/** All that stands in the plane, checked. */
export interface PlaneContent {
  /** By method, and within a method by rising rate. */
  readonly rows: readonly PlaneRow[];
  readonly limits: readonly { readonly rateNats: number; readonly label: string }[];
  readonly bound:
    | {
        readonly name?: string;
        readonly points: readonly {
          readonly rateNats: number;
          readonly lower: number;
          readonly upper: number;
        }[];
      }
    | undefined;
  readonly negativeElbosNats: readonly number[];
  readonly distortionName: string;
  readonly legend: boolean;
}

const WIDTH = 460;
const HEIGHT = 320;
/** From one line of text to the next. */
const LINE = 13;
/** From the right edge to the names of the lines. */
const NAMES_AT = 16;
const DOT = 40;

type Domain = readonly [least: number, greatest: number];

/** The plane of rate and distortion: bound, lines of equal -ELBO, limits, then the methods with their names. */
export function rateDistortionPlane(given: PlaneContent): LayerSpec {
  const rates = rateDomain(given);
  const content = { ...given, bound: boundWithin(given.bound, rates) };
  const { rows, limits, bound, negativeElbosNats, distortionName, legend } = content;
  const distortions = distortionDomain(content);
  const series = [...new Set(rows.map((row) => row.series))];
  const colour = seriesColour(series);
  const symbols = { symbolOpacity: 1, symbolType: "circle", symbolSize: 70 };
  const color = { ...colour, legend: legend ? symbols : null };
  return {
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: "rateNats",
        type: "quantitative",
        title: "rate (nats)",
        scale: { domain: [...rates], nice: false, zero: false },
        axis: { grid: false, tickCount: 7 },
      },
      y: {
        field: "distortion",
        type: "quantitative",
        title: distortionName,
        scale: { domain: [...distortions], nice: false, zero: false },
        axis: { tickCount: 6 },
      },
    },
    layer: [
      ...(bound ? boundLayers(bound.points) : []),
      ...negativeElbosNats.flatMap((value) => equalElboLayers(value, rates, distortions)),
      ...limits.flatMap((limit, k) => limitLayers(limit, k, rates)),
      ...methodLayers(rows, color),
      ...nameLayers(content, distortions, color),
    ],
  };
}

/** A bound by rising rate, as far as the plane reaches; undefined where it does not reach the bound. */
function boundWithin(bound: PlaneContent["bound"], [least, greatest]: Domain): PlaneContent["bound"] {
  const points = (bound?.points ?? [])
    .filter(({ rateNats }) => rateNats >= least && rateNats <= greatest)
    .sort((a, b) => a.rateNats - b.rateNats);
  return points.length > 0 ? { ...bound, points } : undefined;
}

/** From 0, or from the least rate where that is below, to a little beyond the greatest. */
function rateDomain({ rows, limits }: PlaneContent): Domain {
  const [least, greatest] = extentWithIntervals(
    rows.map((row) => [row.rateNats, row.rateLow, row.rateHigh]),
    limits.map(({ rateNats }) => rateNats),
  );
  return [Math.min(0, least), Math.max(1.03 * greatest, greatest + 1e-9)];
}

function distortionDomain({ rows, bound }: PlaneContent): Domain {
  const [least, greatest] = extentWithIntervals(
    rows.map((row) => [row.distortion, row.distortionLow, row.distortionHigh]),
    (bound?.points ?? []).flatMap(({ lower, upper }) => [lower, upper]),
  );
  const margin = 0.06 * (greatest - least) || Math.abs(greatest) / 2 || 1;
  return [least - margin, greatest + margin];
}

function boundLayers(points: readonly { rateNats: number; lower: number; upper: number }[]): UnitSpec[] {
  const data = { values: points.map((point) => ({ ...point })) };
  return [
    {
      data,
      mark: { type: "area", style: STYLE.boundBand, clip: true },
      encoding: { y: { field: "lower" }, y2: { field: "upper" } },
    },
    {
      data,
      mark: { type: "line", style: STYLE.boundLine, clip: true },
      encoding: { y: { field: "upper" } },
    },
  ];
}

/** The line on which rate + distortion is `value`, as far as it crosses the plane; nothing where it does not. */
function equalElboLayers(value: number, rates: Domain, distortions: Domain): UnitSpec[] {
  const from = Math.max(rates[0], value - distortions[1]);
  const to = Math.min(rates[1], value - distortions[0]);
  if (!(from < to)) return [];
  const ends = [from, to].map((rateNats) => ({ rateNats, distortion: value - rateNats }));
  return [
    { data: { values: ends }, mark: { type: "line", style: STYLE.leader }, encoding: {} },
    {
      data: { values: [{ ...ends[1], text: `−ELBO ${Number(value.toPrecision(4))}` }] },
      mark: {
        type: "text",
        style: STYLE.quietAnnotation,
        align: "left",
        baseline: "bottom",
        dx: 5,
        dy: -3,
      },
      encoding: { text: { field: "text" } },
    },
  ];
}

/** Curves fall from the upper left: a line's name is free at its foot. */
function limitLayers(limit: { rateNats: number; label: string }, place: number, rates: Domain): UnitSpec[] {
  const data = { values: [limit] };
  const isLeft = (limit.rateNats - rates[0]) / (rates[1] - rates[0]) < 0.6;
  return [
    {
      data,
      mark: { type: "rule", style: STYLE.referenceLine },
      encoding: { y: { value: 0 }, y2: { value: HEIGHT } },
    },
    {
      data,
      mark: {
        type: "text",
        style: STYLE.quietAnnotation,
        align: isLeft ? "left" : "right",
        baseline: "bottom",
        dx: isLeft ? 5 : -5,
      },
      encoding: { y: { value: HEIGHT - 4 - place * LINE }, text: { field: "label" } },
    },
  ];
}

type Colour = Omit<ReturnType<typeof seriesColour>, "legend"> & {
  readonly legend: { symbolOpacity: number; symbolType: string; symbolSize: number } | null;
};

function methodLayers(rows: readonly PlaneRow[], color: Colour): UnitSpec[] {
  const data = { values: rows.map((row) => ({ ...row })) };
  const several = data.values.filter(({ seeds }) => seeds > 1);
  const bar = { type: "rule" as const, strokeWidth: 1.3, opacity: 0.7, clip: true };
  const bars: UnitSpec[] = [
    {
      data: { values: several },
      mark: bar,
      encoding: { x: { field: "rateLow" }, x2: { field: "rateHigh" }, color },
    },
    {
      data: { values: several },
      mark: bar,
      encoding: { y: { field: "distortionLow" }, y2: { field: "distortionHigh" }, color },
    },
  ];
  return [
    { data, mark: { type: "line", strokeWidth: 1.8 }, encoding: { color } },
    ...(several.length > 0 ? bars : []),
    {
      data,
      mark: { type: "circle", size: DOT, opacity: 1, tooltip: { content: "data" } },
      encoding: { color },
    },
  ];
}

/** The name of each line beside its end of highest rate, none over another. */
function nameLayers({ rows, bound }: PlaneContent, distortions: Domain, color: Colour): UnitSpec[] {
  const last = new Map(rows.map((row) => [row.series, row]));
  const lines = [...last.values()].map(({ series, rateNats, distortion }) => ({
    series,
    rateNats,
    distortion,
  }));
  const end = bound?.points.at(-1);
  const all = end
    ? [...lines, { series: bound?.name ?? "bound", rateNats: end.rateNats, distortion: end.upper }]
    : lines;
  const perPixel = (distortions[1] - distortions[0]) / HEIGHT;
  const places = spreadApart(
    all.map(({ distortion }) => distortion),
    LINE * perPixel,
    distortions,
  );
  const named = all.map((line, k) => ({ ...line, place: places[k] }));
  const layersOf = (values: typeof named, colour: { color?: Colour }, style: string): UnitSpec[] => [
    {
      data: { values },
      mark: { type: "rule", style: STYLE.leader, strokeWidth: 0.8, strokeDash: [1, 2] },
      encoding: { x2: { value: WIDTH + NAMES_AT - 4 }, y2: { field: "place" }, ...colour },
    },
    {
      data: { values },
      mark: { type: "text", style, align: "left", baseline: "middle" },
      encoding: {
        x: { value: WIDTH + NAMES_AT },
        y: { field: "place" },
        text: { field: "series" },
        ...colour,
      },
    },
  ];
  const ofBound = named.slice(lines.length);
  return [
    ...layersOf(named.slice(0, lines.length), { color }, STYLE.annotation),
    ...(ofBound.length > 0 ? layersOf(ofBound, {}, STYLE.quietAnnotation) : []),
  ];
}
