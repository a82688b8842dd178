/** A rate-distortion function by itself: what no code can get below, between what is reached and what is proven. */
import { UserError } from "../errors.js";
import { type FigureSpec, requireFinite } from "./figure.js";
import type { LayerSpec, UnitSpec } from "./parts/vega-types.js";
import { CATEGORY_COLOURS, STYLE } from "./theme.js";

/** The function at one rate, known to lie between two values. */
export interface BoundCurvePoint {
  readonly rateNats: number;
  readonly lower: number;
  readonly upper: number;
}

export interface RateDistortionBoundData {
  /** By rising rate; joined by straight lines, which time sharing attains. */
  readonly curve: readonly BoundCurvePoint[];
  /** Rates that were asked for: dots. */
  readonly marked?: readonly BoundCurvePoint[];
  /** From this rate on more brings nothing, in nats: a dashed line. */
  readonly greatestRateNats?: number;
}

export interface RateDistortionBoundOptions {
  readonly title?: string;
  readonly caption?: string;
  /** The distortion with its unit: the title of the vertical axis. Default `distortion`. */
  readonly distortionName?: string;
}

const WIDTH = 460;
const HEIGHT = 300;
const CURVE = "curve";
const MARKED = "asked";

/**
 * Rate (nats) to the right, least distortion upwards: a line of what some code reaches, filled down to what is proven.
 * @throws UserError when there is no point, or a number is not finite.
 */
export function rateDistortionBound(
  data: RateDistortionBoundData,
  options: RateDistortionBoundOptions = {},
): FigureSpec {
  const { curve, marked = [], greatestRateNats } = data;
  if (curve.length === 0) {
    throw new UserError({
      where: "rate-distortion-bound",
      what: "no point given",
      remedy: "Give at least one point of the curve",
    });
  }
  requireFinite(
    [...curve, ...marked].flatMap(({ rateNats, lower, upper }) => [rateNats, lower, upper]),
    "rate-distortion-bound",
  );
  const spec: LayerSpec = {
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: "rateNats",
        type: "quantitative",
        title: "rate (nats)",
        scale: { nice: false, zero: true, padding: 8 },
        axis: { grid: false, tickCount: 7 },
      },
      y: {
        field: "upper",
        type: "quantitative",
        title: options.distortionName ?? "distortion",
        scale: { zero: true, padding: 8 },
        axis: { tickCount: 6 },
      },
    },
    layer: [...curveLayers(curve), ...limitLayers(greatestRateNats), ...markedLayers(marked)],
  };
  return {
    name: "rate-distortion-bound",
    title: options.title ?? "Rate-distortion function",
    caption:
      options.caption ??
      "The least distortion that any code can have at a rate. The line is reached by some code; no code gets below the filled band, which is as thin as the line where the function is known.",
    spec: { $schema: "https://vega.github.io/schema/vega-lite/v6.json", ...spec },
    table: {
      columns: ["part", "rateNats", "lower", "upper"],
      rows: [
        ...curve.map(({ rateNats, lower, upper }) => [CURVE, rateNats, lower, upper]),
        ...marked.map(({ rateNats, lower, upper }) => [MARKED, rateNats, lower, upper]),
      ],
    },
  };
}

function curveLayers(curve: readonly BoundCurvePoint[]): UnitSpec[] {
  const data = { values: curve.map((point) => ({ ...point })) };
  const color = CATEGORY_COLOURS[0]!;
  return [
    {
      data,
      mark: { type: "area", color, opacity: 0.25 },
      encoding: { y: { field: "lower", type: "quantitative" }, y2: { field: "upper" } },
    },
    { data, mark: { type: "line", color, strokeWidth: 1.8 }, encoding: {} },
  ];
}

function markedLayers(marked: readonly BoundCurvePoint[]): UnitSpec[] {
  if (marked.length === 0) return [];
  return [
    {
      data: { values: marked.map((point) => ({ ...point })) },
      mark: {
        type: "circle",
        color: CATEGORY_COLOURS[0]!,
        size: 44,
        opacity: 1,
        tooltip: { content: "data" },
      },
      encoding: {},
    },
  ];
}

function limitLayers(greatestRateNats: number | undefined): UnitSpec[] {
  if (greatestRateNats === undefined) return [];
  const data = {
    values: [
      { rateNats: greatestRateNats, text: `all there is to tell: ${greatestRateNats.toFixed(2)} nats` },
    ],
  };
  return [
    {
      data,
      mark: { type: "rule", style: STYLE.referenceLine },
      encoding: { y: { value: 0 }, y2: { value: HEIGHT } },
    },
    {
      data,
      mark: { type: "text", style: STYLE.quietAnnotation, align: "right", baseline: "top", dx: -5 },
      encoding: { y: { value: 2 }, text: { field: "text" } },
    },
  ];
}
