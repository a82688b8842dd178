/** A rate-distortion function by itself: what no code can get below, between what is reached and what is proven. */
import { type FigureOptions, type FigureSpec, figure, requireFinite, requireSome } from "./figure.js";
import { bandMarks, domainOf, limitMark, plane, type Size, sizeOf, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
import { CATEGORY_COLOURS } from "./theme.js";

/** The minimum distortion that any code of this rate can have, known to lie between two values. */
export interface BoundPoint {
  readonly rateNats: number;
  /** What no code gets below. */
  readonly lower: number;
  /** What some code reaches. */
  readonly upper: number;
}

/** What a figure `rate-distortion-bound` shows, as plain numbers and names. */
export interface RateDistortionBoundData {
  /** By rising rate; joined by straight lines, which time sharing attains. */
  readonly curve: readonly BoundPoint[];
  /** Rates that were asked for: dots. */
  readonly marked?: readonly BoundPoint[];
  /** The entropy of what is coded, in nats: beyond it more rate brings nothing. A dashed line. */
  readonly maxRateNats?: number;
}

/** How a figure `rate-distortion-bound` is drawn. */
export interface RateDistortionBoundOptions extends FigureOptions, Size {
  /** The distortion with its unit: the title of the vertical axis. Default `distortion`. */
  readonly distortionName?: string;
}

const SIZE = { width: 460, height: 300 };
const [COLOUR] = CATEGORY_COLOURS;

/**
 * Rate (nats) to the right, minimum distortion upwards: a line of what some code reaches, filled down to what
 * is proven.
 * @param data the bound, and the rates that are marked.
 * @param options how it is drawn.
 * @throws UserError when there is no point, or a number is not finite.
 */
export function rateDistortionBound(
  { curve, marked = [], maxRateNats: limit }: RateDistortionBoundData,
  options: RateDistortionBoundOptions = {},
): FigureSpec {
  requireSome(curve, "rate-distortion-bound", "point");
  const all = [...curve, ...marked];
  requireFinite(
    all.flatMap(({ rateNats, lower, upper }) => [rateNats, lower, upper]),
    "rate-distortion-bound",
  );
  const rows = (points: readonly BoundPoint[]) =>
    points.map(({ rateNats, lower, upper }) => ({ x: rateNats, low: lower, high: upper, value: upper }));
  const rates = [...all.map(({ rateNats }) => rateNats), ...(limit === undefined ? [] : [limit])];
  return figure(
    "rate-distortion-bound",
    options,
    {
      title: "Rate-distortion function",
      caption: [
        "The minimum distortion that any code can have at a rate. The line is reached by some code; no code gets below the filled band, which is as thin as the line where the function is known.",
      ],
    },
    plane(
      sizeOf(options, SIZE),
      { title: "rate (nats)", domain: domainOf({ values: rates }), ticks: 7 },
      {
        title: options.distortionName ?? "distortion",
        domain: domainOf({ values: all.flatMap(({ lower, upper }) => [lower, upper]) }),
      },
      [
        ...bandMarks(rows(curve), { color: COLOUR, opacity: 0.25 }, { color: COLOUR, strokeWidth: 1.8 }),
        ...(limit === undefined
          ? []
          : limitMark(limit, `entropy of the source: ${limit.toFixed(2)} nats`, { left: true, y: 14 })),
        ...unit(rows(marked), {
          ...{ type: "circle", color: COLOUR, size: 44, opacity: 1, tooltip: { content: "data" } },
        }),
      ],
    ),
    tableOf(
      [
        ...curve.map((point) => ({ part: "curve", ...point })),
        ...marked.map((point) => ({ part: "asked", ...point })),
      ],
      { part: "part", rateNats: "rateNats", lower: "lower", upper: "upper" },
    ),
  );
}
