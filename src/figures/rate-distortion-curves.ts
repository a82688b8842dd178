/** Methods in the plane of rate and distortion, as in Figures 2, 3 and 5 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { refuse } from "../errors.js";
import { type FigureSpec, type LayerSpec, requireFinite, type UnitSpec } from "./figure.js";
import { type CurveFigureOptions, curveMarks, seriesColour } from "./parts/curve-marks.js";
import { type CurveRow, curveFigure, curveRows, planeTable } from "./parts/curves.js";
import type { ImageOptions } from "./parts/picture.js";
import { type PictureRow, pictureRows, requirePictureRows } from "./parts/picture-grid.js";
import { bandMarks, type Domain, domainOf, limitMark, plane, sizeOf, text, unit } from "./parts/plane.js";
import { spreadApart } from "./parts/spread-apart.js";
import type { BoundPoint } from "./rate-distortion-bound.js";
import { columnName, type FigureTable } from "./table.js";
import { STYLE } from "./theme.js";

/** One setting of a method, such as one beta: what each of its seeds reached, in the same order in both lists. */
export interface TradePoint {
  /** [seeds], in nats per image. */
  readonly rateNats: readonly number[];
  /** [seeds], in the unit that `distortionName` says. */
  readonly distortion: readonly number[];
  /** What the setting is, such as `beta = 0.3`; stands in the table and under the pointer. */
  readonly label?: string;
}

/** A method with its points in rate and distortion. */
export interface TradeMethod {
  readonly name: string;
  /** Joined in the order of their mean rates. */
  readonly points: readonly TradePoint[];
  /** The minimum rate that the method can have, in nats: a dashed line. */
  readonly lowRateLimitNats?: number;
}

/** The minimum distortion of any code at each rate, as a line of the figure. */
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

/** What a figure `rate-distortion-curves` shows, as plain numbers and names. */
export interface RateDistortionCurvesData {
  readonly methods: readonly TradeMethod[];
  /** The true rate-distortion function, underneath. */
  readonly bound?: RateDistortionBound;
  /** Lines of equal rate + distortion: only where the distortion is in nats per image. */
  readonly negativeElbosNats?: readonly number[];
  /** Below the plane. */
  readonly pictures?: readonly MatchedPictures[];
}

/** How a figure `rate-distortion-curves` is drawn. */
export interface RateDistortionCurvesOptions
  extends Omit<CurveFigureOptions, "legendTitle" | "grey">,
    Pick<ImageOptions, "convention"> {
  /** The distortion with its unit: the title of the vertical axis. Default `distortion (nats per image)`. */
  readonly distortionName?: string;
  /** A legend besides the names that stand at the ends of the lines. Default: where there are more than 6 methods. */
  readonly legend?: boolean;
  /** Blocks of pictures in a row. Default 2. */
  readonly pictureColumns?: number;
}

const SIZE = { width: 460, height: 320 };
const PICTURE_SIDE = 28;
const MAXIMUM_WITHOUT_LEGEND = 6;
/** From one line of text to the next. */
const LINE = 13;
/** From the right edge to the names of the lines. */
const NAMES_AT = 16;

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
  const name = "rate-distortion-curves";
  const { methods, negativeElbosNats = [], pictures = [] } = data;
  const { distortionName = "distortion (nats per image)" } = options;
  const curves = methods.map(({ name, points }) => ({
    name,
    points: points.map(({ rateNats, distortion, label = "" }) => ({
      x: rateNats,
      values: distortion,
      label,
    })),
  }));
  const rows = curveRows(name, curves, options);
  requireFinite(
    [0, ...methods.map(({ lowRateLimitNats = 0 }) => lowRateLimitNats)],
    `${name}, low-rate limits`,
  );
  requireFinite([0, ...negativeElbosNats], `${name}, -ELBO`);
  requireBound(data.bound, name);
  for (const { title, rows } of pictures) requirePictureRows(rows, `${name}, ${title}`);
  const planeSpec = tradePlane(rows, data, distortionName, options);
  const blocks = pictures.map(({ title, rows }) =>
    pictureRows(rows, PICTURE_SIDE, options.convention, title),
  );
  const below = { concat: blocks, columns: options.pictureColumns ?? 2, spacing: { row: 24, column: 30 } };
  return curveFigure(
    name,
    options,
    {
      rows,
      title: "Rate and distortion",
      caption: [
        "Rate and distortion of each method, its points joined in the order of their rates.",
        methods.some(({ lowRateLimitNats }) => lowRateLimitNats !== undefined)
          ? "Dashed: the minimum rate that a method can have."
          : "",
        data.bound ? "Grey, underneath: the true rate-distortion function, below which no code can lie." : "",
        negativeElbosNats.length > 0 ? "Along a thin line rate and distortion sum to the same -ELBO." : "",
        pictures.length > 0
          ? "Below: reconstructions of the same images by models of about the same rate."
          : "",
      ],
    },
    blocks.length === 0 ? planeSpec : { vconcat: [planeSpec, below], spacing: 34 },
    withLimits(planeTable(rows, "rateNats", columnName(distortionName)), data),
  );
}

function requireBound(bound: RateDistortionBound | undefined, figure: string): void {
  if (!bound) return;
  const where = `${figure}, ${bound.name ?? "bound"}`;
  requireFinite(
    bound.points.flatMap(({ rateNats, lower, upper }) => [rateNats, lower, upper]),
    where,
  );
  const wrong = bound.points.find(({ lower, upper }) => upper < lower);
  if (!wrong) return;
  refuse(
    where,
    `at ${wrong.rateNats} nats the upper value (${wrong.upper}) lies below the lower one (${wrong.lower})`,
    "Give the lower value as `lower`, the upper one as `upper`",
  );
}

/** Bound, lines of equal -ELBO, limits, then the methods with their names. */
function tradePlane(
  rows: readonly CurveRow[],
  { methods, bound, negativeElbosNats = [] }: RateDistortionCurvesData,
  distortionName: string,
  options: RateDistortionCurvesOptions,
): LayerSpec {
  const limits = limitsOf(methods);
  const rates = rateDomain(rows, limits);
  const within = (bound?.points ?? [])
    .filter(({ rateNats }) => rateNats >= rates[0] && rateNats <= rates[1])
    .sort((a, b) => a.rateNats - b.rateNats)
    .map(({ rateNats, lower, upper }) => ({ x: rateNats, low: lower, high: upper, value: upper }));
  const distortions = domainOf(
    {
      bars: rows.map(({ value, low, high }) => [value, low, high]),
      values: within.flatMap(({ low, high }) => [low, high]),
    },
    false,
  );
  const size = sizeOf(options, SIZE);
  const color = seriesColour(rows, options, options.legend ?? methods.length > MAXIMUM_WITHOUT_LEGEND);
  const ends = new Map(rows.map((row) => [row.series, row]));
  const boundEnd = within.slice(-1).map((end) => ({ ...end, series: bound?.name ?? "bound" }));
  return plane(
    size,
    { title: "rate (nats)", domain: rates, ticks: 7 },
    { title: distortionName, domain: distortions },
    [
      ...bandMarks(within, { style: STYLE.boundBand }, { style: STYLE.boundLine }),
      ...negativeElbosNats.flatMap((value) =>
        equalElboMarks(
          value,
          rates,
          distortions,
          limits.length * LINE * ((distortions[1] - distortions[0]) / size.height),
        ),
      ),
      // Curves fall from the upper left: a line's name is free at its foot.
      ...limits.flatMap(({ x, name }, k) =>
        limitMark(x, name, {
          left: x > rates[0] + 0.6 * (rates[1] - rates[0]),
          y: size.height - 4 - k * LINE,
        }),
      ),
      ...curveMarks(rows, color, { x: rates, y: distortions }),
      ...nameMarks([...ends.values()], boundEnd, distortions, size, color),
    ],
  );
}

/** From 0, or from the minimum rate where that is below, to a little beyond the maximum. */
function rateDomain(rows: readonly CurveRow[], limits: readonly { readonly x: number }[]): Domain {
  const bars = rows.map(({ x, xLow, xHigh }) => [x, xLow, xHigh] as const);
  return domainOf({ bars, values: limits.map(({ x }) => x) });
}

/** Low-rate limits with the methods they belong to: methods of one limit share a line. */
function limitsOf(methods: readonly TradeMethod[]): { x: number; name: string }[] {
  const limited = methods.filter(({ lowRateLimitNats }) => lowRateLimitNats !== undefined);
  const values = [...new Set(limited.map(({ lowRateLimitNats }) => lowRateLimitNats!))].sort((a, b) => a - b);
  return values.map((x) => {
    const names = limited.filter(({ lowRateLimitNats }) => lowRateLimitNats === x).map(({ name }) => name);
    return { x, name: `minimum rate of ${names.join(", ")}: ${Number(x.toPrecision(3))} nats` };
  });
}

/**
 * The line on which rate + distortion is `value`, as far as it crosses the plane; nothing where it does not. Its name stands at its
 * lower end: within the plane, as the names of series stand beside it, and above what the names of limits have `taken` of its foot.
 */
function equalElboMarks(value: number, rates: Domain, distortions: Domain, taken: number): UnitSpec[] {
  const from = Math.max(rates[0], value - distortions[1]);
  const to = Math.min(rates[1], value - distortions[0]);
  if (!(from < to)) return [];
  const ends = [from, to].map((x) => ({ x, value: value - x }));
  const isAtFoot = to < rates[1];
  const x = isAtFoot ? Math.max(from, to - taken) : to;
  const name = { x, value: value - x, text: `−ELBO ${Number(value.toPrecision(4))}` };
  return [
    ...unit(ends, { type: "line", style: STYLE.leader }),
    ...text(
      [name],
      isAtFoot
        ? { align: "left", baseline: "bottom", dx: 5, dy: -3 }
        : { align: "right", baseline: "top", dx: -5, dy: 5 },
    ),
  ];
}

interface LineEnd {
  readonly series: string;
  readonly x: number;
  readonly value: number;
}

/** The name of each line next to its end of highest rate, none over another. */
function nameMarks(
  methods: readonly LineEnd[],
  bound: readonly LineEnd[],
  distortions: Domain,
  { width, height }: { readonly width: number; readonly height: number },
  color: object,
): UnitSpec[] {
  const all = [...methods, ...bound];
  const places = spreadApart(
    all.map(({ value }) => value),
    (LINE * (distortions[1] - distortions[0])) / height,
    distortions,
  );
  const named = all.map(({ series, x, value }, k) => ({ series, x, value, place: places[k] }));
  const marks = (ends: typeof named, own: object, style: string) => [
    ...unit(
      ends,
      { type: "rule", style: STYLE.leader, strokeWidth: 0.8, strokeDash: [1, 2] },
      { x2: { value: width + NAMES_AT - 4 }, y2: { field: "place" }, ...own },
    ),
    ...text(
      ends,
      { style, align: "left", baseline: "middle" },
      { x: { value: width + NAMES_AT }, y: { field: "place" }, text: { field: "series" }, ...own },
    ),
  ];
  return [
    ...marks(named.slice(0, methods.length), { color }, STYLE.annotation),
    ...marks(named.slice(methods.length), {}, STYLE.quietAnnotation),
  ];
}

/** The table of the points, and in the same columns the low-rate limits and the bound. */
function withLimits(
  { columns, rows }: FigureTable,
  { methods, bound }: RateDistortionCurvesData,
): FigureTable {
  return {
    columns,
    rows: [
      ...rows,
      ...methods.flatMap(({ name, lowRateLimitNats: limit }) =>
        limit === undefined ? [] : [[name, "low-rate limit", "", limit, limit, limit, "", "", "", ""]],
      ),
      ...(bound?.points ?? []).map(({ rateNats, lower, upper }) => [
        ...[bound?.name ?? "bound", "bound", "", rateNats, rateNats, rateNats],
        ...[upper, lower, upper, ""],
      ]),
    ],
  };
}
