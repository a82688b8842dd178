import { UserError } from "../errors.js";
import type { FigureSpec } from "./figure.js";
import {
  MEASURED,
  measuredPublishedLayers,
  PUBLISHED,
  seriesColour,
  spreadOf,
} from "./parts/measured-published.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { STYLE } from "./theme.js";

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

interface Row {
  series: string;
  source: typeof MEASURED | typeof PUBLISHED;
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

function measuredRow({ series, capacityNats, distortion, label }: RateDistortionPoint): Row {
  const where = `rate-distortion-summary, ${series} at C = ${capacityNats} nats`;
  const { mean, ...spread } = spreadOf(distortion, "distortion", where);
  return { series, source: MEASURED, capacityNats, distortion: mean, ...spread, label: label ?? "" };
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
  const sources = rows.some((row) => row.source === PUBLISHED) ? [MEASURED, PUBLISHED] : [MEASURED];
  const layers: UnitSpec[] = [
    ...levelLayers(levels, rows),
    ...measuredPublishedLayers(seriesColour(series), sources),
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
