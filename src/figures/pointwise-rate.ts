/** What each example costs against how likely it is under the model, as in Figure 7 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { mean } from "../statistics.js";
import {
  type FigureOptions,
  type FigureSpec,
  figure,
  type LayerSpec,
  requireFinite,
  requireLength,
} from "./figure.js";
import { bandMarks, domainOf, plane, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
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

/** How a figure `pointwise-rate` is drawn. */
export interface PointwiseRateOptions extends FigureOptions {
  /** The examples in this many groups of neighbours, whose means make the line. Default 40. */
  readonly bins?: number;
  /** Of more examples this many are drawn as dots, evenly chosen. Default 800. */
  readonly maxPoints?: number;
}

const BINS = 40;
const MAX_POINTS = 800;
const SIZE = { width: 330, height: 220 };
const BAND = [0.1, 0.9] as const;

/**
 * Rate and code length of every example, the examples sorted by log p(x|z), lowest first: dots, the mean of
 * neighbours as a line, and a band from the 10th to the 90th percentile of neighbours.
 * @throws UserError when there is no example, the lists differ in length, or a number is not finite.
 */
export function pointwiseRate(data: PointwiseRateData, options: PointwiseRateOptions = {}): FigureSpec {
  const { logLikelihoodNats, rateNats, meanNorm } = data;
  const count = logLikelihoodNats.length;
  for (const [of, values] of [
    ["log-likelihoods", logLikelihoodNats],
    ["rates", rateNats],
    ["lengths", meanNorm],
  ] as const) {
    requireFinite(values, `pointwise-rate, ${of}`);
    requireLength(values.length, count, `pointwise-rate, ${of}`, "examples");
  }
  const { maxPoints = MAX_POINTS } = options;
  const order = Array.from({ length: count }, (_, k) => k).sort(
    (a, b) => logLikelihoodNats[a] - logLikelihoodNats[b] || a - b,
  );
  const bins = Math.min(options.bins ?? BINS, count);
  const panel = (of: ArrayLike<number>, title: string, colour: string) => {
    const sorted = order.map((example) => of[example]);
    return panelSpec(sorted, groups(sorted, bins), title, { colour, maxPoints });
  };
  return figure(
    "pointwise-rate",
    options,
    {
      title: "Rate of each example",
      caption: [
        `${count} examples by increasing p(x|z). Line: mean over ${bins} groups of neighbours; band: from their 10th to their 90th percentile.`,
      ],
    },
    {
      hconcat: [
        panel(rateNats, "rate i(x) (nats)", CATEGORY_COLOURS[0]),
        panel(meanNorm, "length of the mean code ‖f(x)‖", CATEGORY_COLOURS[1]),
      ],
      spacing: 34,
    },
    tableOf(order, {
      rank: (_, rank) => rank,
      example: (example) => example,
      logLikelihoodNats: (example) => logLikelihoodNats[example],
      rateNats: (example) => rateNats[example],
      meanNorm: (example) => meanNorm[example],
    }),
  );
}

/** Groups of neighbours of nearly equal size: where each stands, its mean and its percentiles. */
function groups(values: readonly number[], bins: number) {
  return Array.from({ length: bins }, (_, k) => {
    const [from, to] = [k, k + 1].map((edge) => Math.floor((edge * values.length) / bins));
    const group = values.slice(from, to).sort((a, b) => a - b);
    const [low, high] = BAND.map((share) => group[Math.round(share * (group.length - 1))]);
    return { x: (from + to - 1) / 2, value: mean(group), low, high };
  });
}

function panelSpec(
  values: readonly number[],
  means: readonly object[],
  title: string,
  { colour, maxPoints }: { readonly colour: string; readonly maxPoints: number },
): LayerSpec {
  const shown = Math.min(values.length, maxPoints);
  const dots = Array.from({ length: shown }, (_, k) => {
    const x = Math.floor((k * values.length) / shown);
    return { x, value: values[x] };
  });
  const x = {
    title: "test examples by increasing p(x|z)",
    domain: [0, Math.max(1, values.length - 1)] as const,
  };
  return plane(SIZE, { ...x, ticks: 5 }, { title, domain: domainOf({ values }, false), ticks: 5 }, [
    ...unit(dots, { type: "circle", size: 8, opacity: 0.3, color: colour }),
    ...bandMarks(means, { opacity: 0.22, color: colour }, { strokeWidth: 2, color: colour }),
  ]);
}
