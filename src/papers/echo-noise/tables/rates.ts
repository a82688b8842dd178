import type { Section } from "../../../report/report.js";
import { decimals, NOTHING, type Row, signed } from "../../../reproduction/tables/cells.js";
import { mean } from "../../../statistics.js";
import type { ImageData } from "../data.js";
import type { EstimatedInformation, ImageMeasures } from "../measures/images.js";
import { METHOD_NAMES, type MethodName } from "../methods.js";
import { publishedTrade } from "../published.js";
import type { ImageResult } from "../results.js";
import { FEWEST_TO_TRIM, meanOf, type TrimmedMean, trimmedRuns } from "../trimmed.js";

/** A row of Table 1: means over the runs that are not trimmed away. */
export interface TradeRow {
  readonly method: MethodName;
  readonly data: string;
  readonly runs: number;
  /** Runs that were left out, the highest and the lowest -ELBO. */
  readonly trimmed: number;
  readonly rate: TrimmedMean;
  readonly rateEstimator: string;
  readonly distortion: TrimmedMean;
  readonly negativeElbo: TrimmedMean;
  /** Over the same runs; null where the posterior has no density. */
  readonly information: EstimatedInformation | null;
}

/** The rows of Table 1 for which something is finished, data set by data set. */
export function tradeRows(images: readonly ImageResult[], data: readonly ImageData[]): TradeRow[] {
  return data.flatMap(({ name }) =>
    METHOD_NAMES.flatMap((method): TradeRow[] => {
      const all = images
        .filter((one) => one.method === method && one.data === name && one.beta === 1)
        .flatMap(({ measures }) => measures ?? []);
      const chosen = trimmedRuns(all, ({ negativeElboNats }) => negativeElboNats);
      const [first] = chosen;
      if (!first) return [];
      const of = (read: (measures: ImageMeasures) => number) => meanOf(chosen.map(read))!;
      return [
        {
          method,
          data: name,
          runs: all.length,
          trimmed: all.length - chosen.length,
          rate: of(({ rateNats }) => rateNats),
          rateEstimator: first.rateEstimator,
          distortion: of(({ distortion }) => distortion),
          negativeElbo: of(({ negativeElboNats }) => negativeElboNats),
          information: informationOver(chosen.flatMap(({ information }) => information ?? [])),
        },
      ];
    }),
  );
}

function informationOver(estimates: readonly EstimatedInformation[]): EstimatedInformation | null {
  if (estimates.length === 0) return null;
  const of = (key: keyof EstimatedInformation) => mean(estimates.map((estimate) => estimate[key]));
  return {
    informationNats: of("informationNats"),
    standardErrorNats: of("standardErrorNats"),
    ceilingNats: of("ceilingNats"),
  };
}

/** An estimate this near to its ceiling says no more than "at least so much". */
const SATURATED_NATS = 0.5;

/** The estimate as a cell. */
export function informationText(row: Pick<TradeRow, "information" | "rateEstimator" | "rate">): string {
  const { information, rateEstimator, rate } = row;
  if (rateEstimator === "exact") return `${decimals(rate.mean, 1)}: the rate itself`;
  if (!information) return NOTHING;
  const { informationNats, ceilingNats } = information;
  return ceilingNats - informationNats < SATURATED_NATS
    ? `at least ${decimals(informationNats, 1)}`
    : `${decimals(informationNats, 2)}, gap ${decimals(rate.mean - informationNats, 2)}`;
}

const ESTIMATORS: ReadonlyMap<string, string> = new Map([
  ["exact", "exact"],
  ["upper-bound", "upper bound"],
  ["monte-carlo", "Monte Carlo"],
]);

/** `26.4 ± 0.2`. */
export function spreadText({ mean: centre, deviation }: TrimmedMean, count: number): string {
  return `${decimals(centre, count)}${deviation === null ? "" : ` ± ${decimals(deviation, 2)}`}`;
}

/**
 * Table 1: a table for each data set, ours beside the published.
 * @param noteOf what its caption has to say besides.
 */
export function tradeSections(
  images: readonly ImageResult[],
  data: readonly ImageData[],
  noteOf: (set: ImageData) => string = () => "",
): Section[] {
  const rows = tradeRows(images, data);
  const shown = data.filter(({ name }) => rows.some((row) => row.data === name));
  return shown.map((set, k): Section => {
    const { name, title, published } = set;
    const own = rows.filter((row) => row.data === name);
    const ceiling = own.find(({ information }) => information)?.information?.ceilingNats;
    return {
      kind: "table",
      ...(k === 0
        ? {
            heading: "Table 1: rate, distortion and -ELBO at beta = 1",
            text: [
              `On the test images, each seen once through one sample of its code, in nats per image. -ELBO is rate and distortion together, without what a method adds to its loss beside them. Of ${FEWEST_TO_TRIM} runs or more those of the highest and the lowest -ELBO are left out, as in the paper; fewer are not trimmed. Behind ± stands the standard deviation of the others.`,
              'A rate is exact (the mutual information itself, rule R4), an upper bound in closed form (R1), or log q(z|x) - log m(z) at one sample (Monte Carlo, R2), an upper bound on average. Beside it stands the mutual information as the mixture of all posteriors of the test images tells it (I1): the gap is what the bound gives away. The estimate cannot exceed the logarithm of the number of images; near it, it says "at least".',
            ],
          }
        : {}),
      columns: [
        { title: "Method" },
        { title: "Rate", align: "end" },
        { title: "published", align: "end" },
        { title: "which is" },
        { title: "I(X;Z) estimated", align: "end" },
        { title: "Distortion", align: "end" },
        { title: "published", align: "end" },
        { title: "-ELBO", align: "end" },
        { title: "published", align: "end" },
        { title: "difference", align: "end" },
        { title: "Runs" },
      ],
      rows: own.map((row): Row => {
        const known = publishedTrade(row.method, published);
        return [
          row.method,
          spreadText(row.rate, 2),
          decimals(known.rateNats, 1),
          ESTIMATORS.get(row.rateEstimator) ?? row.rateEstimator,
          informationText(row),
          spreadText(row.distortion, 2),
          decimals(known.distortion, 1),
          spreadText(row.negativeElbo, 2),
          `${decimals(known.negativeElboNats, 1)} ± ${decimals(known.deviation, 2)}`,
          signed(row.negativeElbo.mean - known.negativeElboNats, 1),
          row.trimmed > 0 ? `${row.runs - row.trimmed} of ${row.runs}` : `${row.runs}, not trimmed`,
        ];
      }),
      caption:
        `Table 1, ${title}.${ceiling === undefined ? "" : ` The estimate of I(X;Z) cannot exceed ${decimals(ceiling, 2)} nats.`} ${noteOf(set)}`.trim(),
    };
  });
}
