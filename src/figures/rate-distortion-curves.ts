/** Methods in the plane of rate and distortion, as in Figures 2, 3 and 5 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { UserError } from "../errors.js";
import { type FigureSpec, type FigureTable, requireFinite, requireLength } from "./figure.js";
import { INTERVAL_NAMES, type IntervalKind, meanInterval } from "./parts/interval.js";
import type { GreyConvention } from "./parts/picture.js";
import { type PictureRow, pictureRows, requirePictureRows } from "./parts/picture-rows.js";
import { type PlaneRow, rateDistortionPlane } from "./parts/rate-distortion-plane.js";

/** One setting of a method, such as one beta: what each of its seeds came to, in the same order in both lists. */
export interface TradePoint {
  readonly rateNats: readonly number[];
  readonly distortion: readonly number[];
  /** What the setting is, such as `beta = 0.3`; told in the table and under the pointer. */
  readonly label?: string;
}

export interface TradeMethod {
  readonly name: string;
  /** Joined in the order of their mean rates. */
  readonly points: readonly TradePoint[];
  /** The least rate that the method can have, in nats: a dashed line. */
  readonly lowRateLimitNats?: number;
}

/** The least distortion that any code of this rate can have, known to lie between two values. */
export interface BoundPoint {
  readonly rateNats: number;
  readonly lower: number;
  readonly upper: number;
}

export interface RateDistortionBound {
  /** Default `bound`. */
  readonly name?: string;
  readonly points: readonly BoundPoint[];
}

/** What methods of about the same rate make of the same images. */
export interface MatchedPictures {
  /** Such as `6 nats`. */
  readonly title: string;
  /** The images first, then a row for each method, named with its own rate. */
  readonly rows: readonly PictureRow[];
}

export interface RateDistortionCurvesData {
  readonly methods: readonly TradeMethod[];
  /** The true rate-distortion function, underneath. */
  readonly bound?: RateDistortionBound;
  /** Lines of equal rate + distortion: only where the distortion is in nats per image. */
  readonly negativeElbosNats?: readonly number[];
  /** Below the plane. */
  readonly pictures?: readonly MatchedPictures[];
}

export interface RateDistortionCurvesOptions {
  readonly title?: string;
  readonly caption?: string;
  /** The distortion with its unit: the title of the vertical axis. Default `distortion (nats per image)`. */
  readonly distortionName?: string;
  /** What the bars show where there are several seeds. Default `confidence`. */
  readonly interval?: IntervalKind;
  /** A legend beside the names that stand at the ends of the lines. Default: where there are more than 6 methods. */
  readonly legend?: boolean;
  /** Default `one-is-black`, as the Corridors are stored. */
  readonly convention?: GreyConvention;
  /** Blocks of pictures beside each other. Default 2. */
  readonly pictureColumns?: number;
}

const PICTURE_SIDE = 28;
const MOST_WITHOUT_LEGEND = 6;

/**
 * Rate (nats) to the right, distortion upwards: each method a line through the means over its seeds, with bars for the
 * seeds in both directions, its low-rate limit as a dashed line; the bound, where one is given, underneath, and
 * reconstructions at matched rates, where they are given, below.
 * @throws UserError when there is no point, two methods have one name, a point's rates and distortions are not as many, a
 * number is not finite, or a bound's upper value lies below its lower one.
 */
export function rateDistortionCurves(
  data: RateDistortionCurvesData,
  options: RateDistortionCurvesOptions = {},
): FigureSpec {
  requireNames(data.methods);
  const interval = options.interval ?? "confidence";
  const rows = data.methods.flatMap((method) => rowsOf(method, interval));
  if (rows.length === 0) {
    throw new UserError({
      where: "rate-distortion-curves",
      what: "no point given",
      remedy: "Give at least one method with a point",
    });
  }
  for (const { name, lowRateLimitNats } of data.methods) {
    if (lowRateLimitNats !== undefined)
      requireFinite([lowRateLimitNats], `rate-distortion-curves, low-rate limit of ${name}`);
  }
  requireFinite([0, ...(data.negativeElbosNats ?? [])], "rate-distortion-curves, -ELBO");
  requireBound(data.bound);
  for (const { title, rows } of data.pictures ?? [])
    requirePictureRows(rows, `rate-distortion-curves, ${title}`);
  const plane = rateDistortionPlane({
    rows,
    limits: limitsOf(data.methods),
    bound: data.bound,
    negativeElbosNats: data.negativeElbosNats ?? [],
    distortionName: options.distortionName ?? "distortion (nats per image)",
    legend: options.legend ?? data.methods.length > MOST_WITHOUT_LEGEND,
  });
  const convention = options.convention ?? "one-is-black";
  const blocks = (data.pictures ?? []).map(({ title, rows }) => ({
    title,
    ...pictureRows(rows, { convention, side: PICTURE_SIDE }),
  }));
  const $schema = "https://vega.github.io/schema/vega-lite/v6.json";
  return {
    name: "rate-distortion-curves",
    title: options.title ?? "Rate and distortion",
    caption: options.caption ?? captionOf(data, rows, interval),
    spec:
      blocks.length === 0
        ? { $schema, ...plane }
        : {
            $schema,
            vconcat: [
              plane,
              { concat: blocks, columns: options.pictureColumns ?? 2, spacing: { row: 24, column: 30 } },
            ],
            spacing: 34,
          },
    table: tableOf(rows, data),
  };
}

function requireNames(methods: readonly TradeMethod[]): void {
  const twice = methods.find(({ name }, k) => methods.findIndex((other) => other.name === name) !== k);
  if (!twice) return;
  throw new UserError({
    where: `rate-distortion-curves, ${twice.name}`,
    what: "two methods have this name",
    remedy: "Put their points together, or name them apart",
  });
}

function requireBound(bound: RateDistortionBound | undefined): void {
  if (!bound) return;
  const where = `rate-distortion-curves, ${bound.name ?? "bound"}`;
  requireFinite(
    bound.points.flatMap(({ rateNats, lower, upper }) => [rateNats, lower, upper]),
    where,
  );
  const wrong = bound.points.find(({ lower, upper }) => upper < lower);
  if (!wrong) return;
  throw new UserError({
    where,
    what: `at ${wrong.rateNats} nats the upper value (${wrong.upper}) lies below the lower one (${wrong.lower})`,
    remedy: "Give the lower value as `lower`, the upper one as `upper`",
  });
}

/** A method's points as means with their intervals, by rising rate. */
function rowsOf({ name, points }: TradeMethod, interval: IntervalKind): PlaneRow[] {
  return points
    .map(({ rateNats, distortion, label }, k) => {
      const where = `rate-distortion-curves, ${name}, ${label ?? `point ${k + 1}`}`;
      requireLength(distortion.length, rateNats.length, `${where}, distortions`, "rates");
      const rate = meanInterval(rateNats, interval, `${where}, rate`);
      const loss = meanInterval(distortion, interval, `${where}, distortion`);
      return {
        series: name,
        label: label ?? "",
        rateNats: rate.mean,
        rateLow: rate.low,
        rateHigh: rate.high,
        distortion: loss.mean,
        distortionLow: loss.low,
        distortionHigh: loss.high,
        seeds: rateNats.length,
      };
    })
    .sort((a, b) => a.rateNats - b.rateNats);
}

/** Low-rate limits with the methods they belong to: methods of one limit share a line. */
function limitsOf(methods: readonly TradeMethod[]): { rateNats: number; label: string }[] {
  const names = new Map<number, string[]>();
  for (const { name, lowRateLimitNats } of methods) {
    if (lowRateLimitNats !== undefined)
      names.set(lowRateLimitNats, [...(names.get(lowRateLimitNats) ?? []), name]);
  }
  return [...names]
    .sort(([a], [b]) => a - b)
    .map(([rateNats, of]) => ({ rateNats, label: `least rate of ${of.join(", ")}: ${shortNats(rateNats)}` }));
}

function shortNats(value: number): string {
  return `${Number(value.toPrecision(3))} nats`;
}

function captionOf(
  data: RateDistortionCurvesData,
  rows: readonly PlaneRow[],
  interval: IntervalKind,
): string {
  const seeds = Math.max(...rows.map((row) => row.seeds));
  return [
    "Rate and distortion of each method, its points joined in the order of their rates.",
    seeds > 1 ? `Dots are means over up to ${seeds} seeds, bars ${INTERVAL_NAMES[interval]}.` : "",
    data.methods.some(({ lowRateLimitNats }) => lowRateLimitNats !== undefined)
      ? "Dashed: the least rate that a method can have."
      : "",
    data.bound ? "No code can lie below the band underneath: the true rate-distortion function." : "",
    data.negativeElbosNats?.length ? "Along a thin line rate and distortion sum to the same -ELBO." : "",
    data.pictures?.length ? "Below, what models of about the same rate make of the same images." : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function tableOf(rows: readonly PlaneRow[], { methods, bound }: RateDistortionCurvesData): FigureTable {
  return {
    columns: [
      "series",
      "kind",
      "label",
      "rateNats",
      "rateLow",
      "rateHigh",
      "distortion",
      "distortionLow",
      "distortionHigh",
      "seeds",
    ],
    rows: [
      ...rows.map((row) => [
        row.series,
        "measured",
        row.label,
        row.rateNats,
        row.rateLow,
        row.rateHigh,
        row.distortion,
        row.distortionLow,
        row.distortionHigh,
        row.seeds,
      ]),
      ...methods.flatMap(({ name, lowRateLimitNats: limit }) =>
        limit === undefined ? [] : [[name, "low-rate limit", "", limit, limit, limit, "", "", "", ""]],
      ),
      ...(bound?.points ?? []).map(({ rateNats, lower, upper }) => [
        bound?.name ?? "bound",
        "bound",
        "",
        rateNats,
        rateNats,
        rateNats,
        upper,
        lower,
        upper,
        "",
      ]),
    ],
  };
}
