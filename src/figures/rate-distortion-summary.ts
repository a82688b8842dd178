import { UserError } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { CATEGORY_COLOURS, STYLE } from "./theme.js";

export interface RateDistortionPoint {
  /** Points of one series are joined by a line. */
  readonly series: string;
  readonly capacityNats: number;
  /** Mean squared error per pixel, one value for each seed. */
  readonly distortion: readonly number[];
  /** Written beside the point. */
  readonly label?: string;
}

export interface PublishedPoint {
  readonly series: string;
  readonly capacityNats: number;
  readonly distortion: number;
}

/** A distortion to compare with, drawn as a dashed level: e.g. of a code that knows the positions only. */
export interface DistortionLevel {
  readonly label: string;
  readonly distortion: number;
}

export interface RateDistortionData {
  readonly points: readonly RateDistortionPoint[];
  readonly published?: readonly PublishedPoint[];
  readonly levels?: readonly DistortionLevel[];
}

export interface RateDistortionOptions {
  readonly title?: string;
  readonly caption?: string;
  /** Logarithmic capacity axis. */
  readonly log?: boolean;
}

const WIDTH = 460;
const HEIGHT = 300;
const OURS = "measured";
const PUBLISHED = "published";

interface Row {
  series: string;
  source: typeof OURS | typeof PUBLISHED;
  capacityNats: number;
  distortion: number;
  least: number;
  greatest: number;
  seeds: number | "";
  label: string;
}

/**
 * Distortion against capacity: the mean over seeds with a bar from the least to the greatest, published points as
 * open diamonds beside them.
 * @throws UserError when there is nothing to draw, or a point has no finite distortion.
 */
export function rateDistortionSummary(
  data: RateDistortionData,
  options: RateDistortionOptions = {},
): FigureSpec {
  if (data.points.length === 0) {
    throw new UserError({
      where: "rate-distortion-summary",
      what: "no point given",
      remedy: "Give at least one run",
    });
  }
  const rows = [...data.points.map(measuredRow), ...(data.published ?? []).map(publishedRow)];
  const seeds = Math.max(...data.points.map((point) => point.distortion.length));
  const bars =
    seeds > 1 ? ` Dots are means over up to ${seeds} seeds, bars reach from the least to the greatest.` : "";
  const published = data.published?.length ? " Open diamonds are the published values." : "";
  return {
    name: "rate-distortion-summary",
    title: options.title ?? "Distortion against capacity",
    caption: options.caption ?? `Mean squared error per pixel at each capacity.${bars}${published}`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      ...chart(rows, data.levels ?? [], options.log ?? false),
    },
    table: {
      columns: ["series", "source", "capacityNats", "distortion", "least", "greatest", "seeds"],
      rows: rows.map((row) => [
        row.series,
        row.source,
        row.capacityNats,
        row.distortion,
        row.least,
        row.greatest,
        row.seeds,
      ]),
    },
  };
}

function measuredRow(point: RateDistortionPoint): Row {
  const { distortion } = point;
  if (distortion.length === 0 || !distortion.every(Number.isFinite)) {
    throw new UserError({
      where: `rate-distortion-summary, ${point.series} at C = ${point.capacityNats} nats`,
      what: `the distortion is ${distortion.length === 0 ? "missing" : "not finite"}`,
      remedy: "Leave the run out, or evaluate it again",
    });
  }
  return {
    series: point.series,
    source: OURS,
    capacityNats: point.capacityNats,
    distortion: distortion.reduce((sum, value) => sum + value, 0) / distortion.length,
    least: Math.min(...distortion),
    greatest: Math.max(...distortion),
    seeds: distortion.length,
    label: point.label ?? "",
  };
}

function publishedRow({ series, capacityNats, distortion }: PublishedPoint): Row {
  return {
    series,
    source: PUBLISHED,
    capacityNats,
    distortion,
    least: distortion,
    greatest: distortion,
    seeds: "",
    label: "",
  };
}

function chart(rows: readonly Row[], levels: readonly DistortionLevel[], log: boolean): LayerSpec {
  const series = [...new Set(rows.map((row) => row.series))];
  const sources = rows.some((row) => row.source === PUBLISHED) ? [OURS, PUBLISHED] : [OURS];
  const only = (source: string) => [{ filter: `datum.source === '${source}'` }];
  const color = {
    field: "series",
    type: "nominal" as const,
    title: null,
    scale: { domain: series, range: series.map((_, k) => CATEGORY_COLOURS[k % CATEGORY_COLOURS.length]) },
    legend: series.length > 1 ? { symbolOpacity: 1, symbolType: "circle" } : null,
  };
  const shape = {
    field: "source",
    type: "nominal" as const,
    title: null,
    scale: { domain: sources, range: ["circle", "diamond"] },
    legend: sources.length > 1 ? { symbolOpacity: 1, symbolSize: 60 } : null,
  };
  const layers: UnitSpec[] = [
    ...levelLayers(levels, rows),
    {
      transform: only(PUBLISHED),
      mark: { type: "line", strokeWidth: 1, opacity: 0.45 },
      encoding: { color },
    },
    { transform: only(OURS), mark: { type: "line", strokeWidth: 1.8 }, encoding: { color } },
    {
      transform: [{ filter: "datum.greatest > datum.least" }],
      mark: { type: "rule", strokeWidth: 1.6 },
      encoding: { y: { field: "least", type: "quantitative" }, y2: { field: "greatest" }, color },
    },
    { transform: only(OURS), mark: { type: "circle", size: 44, opacity: 1 }, encoding: { color } },
    {
      // Wide enough to be seen around a dot at the same place.
      mark: { type: "point", strokeWidth: 1.4, filled: false, opacity: 1, tooltip: { content: "data" } },
      encoding: {
        color,
        shape,
        size: { condition: { test: `datum.source === '${OURS}'`, value: 44 }, value: 150 },
      },
    },
    {
      transform: [{ filter: "datum.label !== ''" }],
      mark: { type: "text", style: STYLE.annotation, align: "left", baseline: "bottom", dx: 7, dy: -5 },
      encoding: { text: { field: "label" } },
    },
  ];
  const greatest = Math.max(...rows.map((row) => row.capacityNats));
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: [...rows] },
    encoding: {
      x: {
        field: "capacityNats",
        type: "quantitative",
        title: "capacity C (nats)",
        scale: log
          ? { type: "log", nice: false, padding: 16 }
          : { domain: [0, greatest * 1.06], nice: false },
        axis: { grid: false, tickCount: 6 },
      },
      y: {
        field: "distortion",
        type: "quantitative",
        title: "distortion (MSE per pixel)",
        scale: { zero: false, padding: 12 },
        axis: { tickCount: 6 },
      },
    },
    layer: layers,
  };
}

function levelLayers(levels: readonly DistortionLevel[], rows: readonly Row[]): UnitSpec[] {
  if (levels.length === 0) return [];
  // Curves fall from the upper left to the lower right: a low level is free at the left, a high one at the right.
  const middle = rows.reduce((sum, row) => sum + row.distortion, 0) / rows.length;
  const y = { field: "distortion", type: "quantitative" as const };
  const labels = (low: boolean): UnitSpec => ({
    data: { values: levels.filter((level) => level.distortion < middle === low) },
    mark: {
      type: "text",
      style: STYLE.quietAnnotation,
      align: low ? "left" : "right",
      baseline: "bottom",
      dx: low ? 6 : 0,
      dy: -3,
    },
    encoding: { x: { value: low ? 0 : WIDTH }, y, text: { field: "label" } },
  });
  return [
    {
      data: { values: [...levels] },
      mark: { type: "rule", style: STYLE.referenceLine },
      encoding: { x: { value: 0 }, x2: { value: WIDTH }, y },
    },
    labels(true),
    labels(false),
  ];
}
