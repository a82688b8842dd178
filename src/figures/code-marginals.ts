/** The densities of a code's dimensions, as in Figure 6 of "Exact Rate-Distortion in Autoencoders via Echo Noise". */
import { refuse } from "../errors.js";
import {
  type FigureOptions,
  type FigureSpec,
  figure,
  type LayerSpec,
  requireFinite,
  requireLength,
  requireSome,
} from "./figure.js";
import { bandMarks, finiteExtent, plane, unit } from "./parts/plane.js";
import { tableOf } from "./table.js";
import { CATEGORY_COLOURS, STYLE } from "./theme.js";

/** What a test of normality found. */
export interface NormalityVerdict {
  readonly rejected: boolean;
  /** The test with its statistic, such as `A² = 0.43`. */
  readonly detail?: string;
}

/** How one dimension of a code is distributed: its rate in nats, and the density of its values. */
export interface CodeMarginal {
  /** `z3` */
  readonly name: string;
  readonly rateNats: number;
  /** Values of the code [K], ascending. */
  readonly values: ArrayLike<number>;
  /** Density at each of them [K], per unit of the code. */
  readonly density: ArrayLike<number>;
  readonly normality?: NormalityVerdict;
}

/** What a figure `code-marginals` shows, as plain numbers and names. */
export interface CodeMarginalsData {
  /** In the order in which they are drawn: by falling rate, say. */
  readonly marginals: readonly CodeMarginal[];
}

/** How a figure `code-marginals` is drawn. */
export interface CodeMarginalsOptions extends FigureOptions {
  /** Panels in a row. Default 5. */
  readonly columns?: number;
}

const COLUMNS = 5;
const PANEL = { width: 112, height: 70 };

/**
 * A panel for each dimension: its density, the normal density of the same mean and deviation as a dashed
 * line, its rate and whether normality is rejected. Each panel has its own axes: what is compared is shapes.
 * @param data dimensions with their densities.
 * @param options how it is drawn.
 * @throws UserError when there is no dimension, its lists differ in length, a number is not finite, the
 * values do not rise, or a density is negative or 0 throughout.
 */
export function codeMarginals(
  { marginals }: CodeMarginalsData,
  options: CodeMarginalsOptions = {},
): FigureSpec {
  requireSome(marginals, "code-marginals", "density");
  const drawn = marginals.map((marginal) => {
    requireMarginal(marginal);
    return { marginal, normal: normalLike(marginal) };
  });
  const tested = marginals.flatMap(({ normality }) => normality ?? []);
  const rejected = tested.filter((verdict) => verdict.rejected).length;
  return figure(
    "code-marginals",
    options,
    {
      title: "Marginals of the code",
      caption: [
        "Density of each dimension over all images and samples, with its rate; dashed, the normal density of the same mean and deviation.",
        tested.length > 0 ? `A test rejects normality in ${rejected} of ${tested.length} dimensions.` : "",
      ],
    },
    {
      concat: drawn.map(({ marginal, normal }) => panelSpec(marginal, normal, tested.length > 0)),
      columns: options.columns ?? COLUMNS,
      spacing: { row: 20, column: 18 },
    },
    tableOf(
      drawn.flatMap(({ marginal, normal }) =>
        Array.from(marginal.values, (value, k) => ({
          ...{ dimension: marginal.name, rateNats: marginal.rateNats, normality: verdictOf(marginal) },
          ...{ value, density: marginal.density[k], normalDensity: normal[k] },
        })),
      ),
      Object.fromEntries(COLUMN_NAMES.map((name) => [name, name])),
    ),
  );
}

const COLUMN_NAMES = ["dimension", "rateNats", "normality", "value", "density", "normalDensity"] as const;

function requireMarginal({ name, rateNats, values, density }: CodeMarginal): void {
  const where = `code-marginals, ${name}`;
  requireFinite([rateNats], `${where}, rate`);
  requireFinite(values, `${where}, values`);
  requireFinite(density, `${where}, density`);
  requireLength(density.length, values.length, `${where}, densities`, "values");
  const falls = Array.from(values).findIndex((value, k) => k > 0 && value <= values[k - 1]);
  const negative = Array.from(density).findIndex((value) => value < 0);
  if (values.length < 2) refuse(where, "a single value has no density", "Give at least two values");
  if (falls >= 0) refuse(where, `value ${falls} does not lie above the one before`, "Give rising values");
  if (negative >= 0) refuse(where, `density ${negative} is negative`, "Give densities of at least 0");
  if (!(mass(values, density, () => 1) > 0)) refuse(where, "the density is 0 throughout", "Give a density");
}

/** The integral of density times a function of the value, by trapezoids. */
function mass(
  values: ArrayLike<number>,
  density: ArrayLike<number>,
  weight: (value: number) => number,
): number {
  let sum = 0;
  for (let k = 1; k < values.length; k++) {
    const both = weight(values[k]) * density[k] + weight(values[k - 1]) * density[k - 1];
    sum += ((values[k] - values[k - 1]) * both) / 2;
  }
  return sum;
}

/** Density of the normal distribution with the same mass, mean and deviation, at the same values. */
function normalLike({ values, density }: CodeMarginal): number[] {
  const whole = mass(values, density, () => 1);
  const mean = mass(values, density, (value) => value) / whole;
  const variance = mass(values, density, (value) => (value - mean) ** 2) / whole;
  const height = whole / Math.sqrt(2 * Math.PI * variance);
  return Array.from(values, (value) => height * Math.exp(-((value - mean) ** 2) / (2 * variance)));
}

function verdictOf({ normality }: CodeMarginal): string {
  if (!normality) return "";
  const verdict = normality.rejected ? "not normal" : "normal";
  return normality.detail === undefined ? verdict : `${verdict} (${normality.detail})`;
}

function panelSpec(marginal: CodeMarginal, normal: readonly number[], hasTests: boolean): LayerSpec {
  const { name, rateNats, values, density, normality } = marginal;
  const color = CATEGORY_COLOURS[normality?.rejected ? 1 : 0];
  const title = {
    text: `${name}, ${rateNats.toFixed(2)} nats`,
    fontSize: 11,
    offset: 4,
    ...(hasTests ? { subtitle: verdictOf(marginal) || "not tested", subtitleFontSize: 10 } : {}),
  };
  const rows = Array.from(values, (x, k) => ({
    x,
    value: density[k],
    low: 0,
    high: density[k],
    normal: normal[k],
  }));
  const highest = Math.max(...normal, ...Array.from(density));
  return plane(
    { ...PANEL, title },
    { title: null, domain: finiteExtent(Array.from(values))!, ticks: 3 },
    { title: null, domain: [0, 1.08 * highest], hidden: true },
    [
      ...bandMarks(rows, { color, opacity: 0.35 }, { color, strokeWidth: 1.5 }),
      ...unit(rows, { type: "line", style: STYLE.referenceLine }, { y: { field: "normal" } }),
    ],
  );
}
