/** What each example costs against how well it is told, as in Figure 7 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { type FigureSpec, requireFinite, requireLength } from "./figure.js";
import { finiteExtent } from "./parts/extent.js";
import type { LayerSpec } from "./parts/vega-types.js";
import { CATEGORY_COLOURS } from "./theme.js";

/** One number an example, in the same order. */
export interface PointwiseRateData {
  /** log p(x|z) in nats [N]. */
  readonly logLikelihoodNats: ArrayLike<number>;
  /** The rate of the example itself, i(x), in nats [N]. */
  readonly rateNats: ArrayLike<number>;
  /** Euclidean length of the code's centre, ||f(x)|| [N]. */
  readonly meanNorm: ArrayLike<number>;
}

export interface PointwiseRateOptions {
  readonly title?: string;
  readonly caption?: string;
  /** The examples in so many groups of neighbours, whose means make the line. Default 40. */
  readonly bins?: number;
  /** Of more examples so many are drawn as dots, evenly chosen. Default 800. */
  readonly maxPoints?: number;
}

const BINS = 40;
const MAX_POINTS = 800;
const WIDTH = 330;
const HEIGHT = 220;
const BAND = [0.1, 0.9] as const;

/**
 * Rate and code length of every example, the examples sorted by log p(x|z), the least likely first: dots, the mean of
 * neighbours as a line, and a band from the 10th to the 90th percentile of neighbours.
 * @throws UserError when there is no example, the lists differ in length, or a number is not finite.
 */
export function pointwiseRate(data: PointwiseRateData, options: PointwiseRateOptions = {}): FigureSpec {
  const { logLikelihoodNats, rateNats, meanNorm } = data;
  const count = logLikelihoodNats.length;
  requireFinite(logLikelihoodNats, "pointwise-rate, log-likelihoods");
  requireLength(rateNats.length, count, "pointwise-rate, rates", "examples");
  requireLength(meanNorm.length, count, "pointwise-rate, lengths", "examples");
  requireFinite(rateNats, "pointwise-rate, rates");
  requireFinite(meanNorm, "pointwise-rate, lengths");
  const order = Array.from({ length: count }, (_, k) => k).sort(
    (a, b) => logLikelihoodNats[a] - logLikelihoodNats[b] || a - b,
  );
  const sorted = (values: ArrayLike<number>) => order.map((example) => values[example]);
  const bins = Math.min(options.bins ?? BINS, count);
  return {
    name: "pointwise-rate",
    title: options.title ?? "Rate of each example",
    caption:
      options.caption ??
      `${count} examples from the least to the most likely under p(x|z). Line: mean over ${bins} groups of neighbours; band: from their 10th to their 90th percentile.`,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      hconcat: [
        panelSpec(sorted(rateNats), "rate i(x) (nats)", CATEGORY_COLOURS[0], bins, options),
        panelSpec(sorted(meanNorm), "length of the mean code ‖f(x)‖", CATEGORY_COLOURS[1], bins, options),
      ],
      spacing: 34,
    },
    table: {
      columns: ["rank", "example", "logLikelihoodNats", "rateNats", "meanNorm"],
      rows: order.map((example, rank) => [
        rank,
        example,
        logLikelihoodNats[example],
        rateNats[example],
        meanNorm[example],
      ]),
    },
  };
}

/** Groups of neighbours of nearly equal size: where each stands, its mean and its percentiles. */
function groups(values: readonly number[], bins: number) {
  return Array.from({ length: bins }, (_, k) => {
    const [from, to] = [k, k + 1].map((edge) => Math.floor((edge * values.length) / bins));
    const group = values.slice(from, to).sort((a, b) => a - b);
    const [low, high] = BAND.map((share) => group[Math.round(share * (group.length - 1))]);
    return {
      rank: (from + to - 1) / 2,
      mean: group.reduce((sum, value) => sum + value, 0) / group.length,
      low,
      high,
    };
  });
}

function panelSpec(
  values: readonly number[],
  title: string,
  colour: string,
  bins: number,
  { maxPoints = MAX_POINTS }: PointwiseRateOptions,
): LayerSpec {
  const shown = Math.min(values.length, maxPoints);
  const means = groups(values, bins);
  const [least, greatest] = finiteExtent(values)!;
  const margin = 0.04 * (greatest - least) || 1;
  return {
    width: WIDTH,
    height: HEIGHT,
    data: { values: means },
    encoding: {
      x: {
        field: "rank",
        type: "quantitative",
        title: "test examples, the least likely first",
        scale: { domain: [0, Math.max(1, values.length - 1)], nice: false },
        axis: { grid: false, tickCount: 5, format: "~s" },
      },
      y: {
        field: "mean",
        type: "quantitative",
        title,
        scale: { domain: [least - margin, greatest + margin], nice: false, zero: false },
        axis: { tickCount: 5 },
      },
    },
    layer: [
      {
        data: {
          values: Array.from({ length: shown }, (_, k) => {
            const rank = Math.floor((k * values.length) / shown);
            return { rank, value: values[rank] };
          }),
        },
        mark: { type: "circle", size: 8, opacity: 0.3, color: colour },
        encoding: { y: { field: "value" } },
      },
      {
        mark: { type: "area", opacity: 0.22, color: colour },
        encoding: { y: { field: "low" }, y2: { field: "high" } },
      },
      { mark: { type: "line", strokeWidth: 2, color: colour }, encoding: {} },
    ],
  };
}
