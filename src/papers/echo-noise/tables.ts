import { decimals, NOTHING, overSeeds, signed } from "../../reproduction/tables/cells.js";
import { type Column, numbers, type PaperTable, paperTable, words } from "../../reproduction/tables/table.js";
import type { EchoChoice, ImageData } from "./data.js";
import type { EchoResults, ImageResult, SpritesResult } from "./measures/index.js";
import {
  FEWEST_TO_TRIM,
  factorRows,
  noiseRows,
  type TradeRow,
  type TrimmedMean,
  tradeRows,
} from "./measures/rows.js";
import type { Recipe } from "./recipe.js";
import type { PlannedImages } from "./runs.js";
import { dependenceText, type PlannedSprites } from "./sprites.js";

/** Tables 1 to 3, those that are asked for, as far as they are filled. */
export function echoTables({ images, sprites }: EchoResults, { recipe, data }: EchoChoice): PaperTable[] {
  const { only } = recipe;
  return [
    ...(only.includes("table1") ? tradeTables(images, data) : []),
    ...(only.includes("table2") ? factorTable(sprites, recipe) : []),
    ...(only.includes("table3") ? noiseTable(images, data) : []),
  ];
}

/** An estimate this near to its ceiling says no more than "at least this". */
const SATURATED_NATS = 0.5;

/** The estimate of the mutual information as a cell. */
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
function spreadText({ mean, deviation }: TrimmedMean): string {
  return `${decimals(mean, 2)}${deviation === null ? "" : ` ± ${decimals(deviation, 2)}`}`;
}

const TRADE_COLUMNS: readonly Column<TradeRow>[] = [
  words("Method", ({ method }) => method),
  numbers("Rate", ({ rate }) => spreadText(rate)),
  numbers("published", ({ published }) => decimals(published.rateNats, 1)),
  words("which is", ({ rateEstimator }) => ESTIMATORS.get(rateEstimator) ?? rateEstimator),
  numbers("I(X;Z) estimated", informationText),
  numbers("Distortion", ({ distortion }) => spreadText(distortion)),
  numbers("published", ({ published }) => decimals(published.distortion, 1)),
  numbers("-ELBO", ({ negativeElbo }) => spreadText(negativeElbo)),
  numbers(
    "published",
    ({ published }) => `${decimals(published.negativeElboNats, 1)} ± ${decimals(published.deviation, 2)}`,
  ),
  numbers("difference", ({ negativeElbo, published }) =>
    signed(negativeElbo.mean - published.negativeElboNats, 1),
  ),
  words("Runs", ({ runs, trimmed }) =>
    trimmed > 0 ? `${runs - trimmed} of ${runs}` : `${runs}, not trimmed`,
  ),
];

/** Table 1: a table for each data set, ours and the published numbers. */
export function tradeTables(images: readonly ImageResult[], data: readonly ImageData[]): PaperTable[] {
  const rows = tradeRows(images, data);
  const shown = data.filter(({ name }) => rows.some((row) => row.data === name));
  return shown.flatMap(({ name, title }, k) => {
    const own = rows.filter((row) => row.data === name);
    const ceiling = own.find(({ information }) => information)?.information?.ceilingNats;
    return paperTable(
      {
        ...(k === 0
          ? {
              heading: "Table 1: rate, distortion and -ELBO at beta = 1",
              text: [
                `On the test images, each seen once through one sample of its code, in nats per image. -ELBO is the sum of rate and distortion, without what a method adds to its loss besides. Of ${FEWEST_TO_TRIM} runs or more those of the highest and the lowest -ELBO are left out, as in the paper; fewer are not trimmed. The number after ± is the standard deviation of the others.`,
                'A rate is exact (the mutual information itself, rule R4), an upper bound in closed form (R1), or log q(z|x) - log m(z) at one sample (Monte Carlo, R2), an upper bound on average. The mutual information is also estimated from the mixture of all posteriors of the test images (I1): the gap is what the bound gives away. The estimate cannot exceed the logarithm of the number of images; near it, it says "at least".',
              ],
            }
          : {}),
        caption: `Table 1, ${title}.${ceiling === undefined ? "" : ` The estimate of I(X;Z) cannot exceed ${decimals(ceiling, 2)} nats.`}`,
        concerns: ["images", name],
        terminal: true,
      },
      own,
      TRADE_COLUMNS,
    );
  });
}

/** Table 2, a line for each of its cells, ours and the published; nothing where nothing is trained. */
export function factorTable(sprites: readonly SpritesResult[], recipe: Recipe): PaperTable[] {
  return paperTable(
    {
      heading: "Table 2: dimensions that represent factors",
      text: [
        "FactorVAE score (rule M4; by chance about 1 over the number of factors) and mutual information gap (M3), both from 0 to 1, on all combinations of the factors, whatever a model was trained on. The means of the codes are what counts; the scores of one sample of each are given too, as the authors' code measures. Means over runs, and from two on their standard deviation.",
        dependenceText(recipe),
        "The labels of the published rows are lost in the text. Rows 1 to 3 have rising beta at gamma = 0, rows 4 to 7 rising gamma at beta = 1, of which row 4 repeats row 1; but for these two the values are our choice, so that only the direction within a column can be compared.",
      ],
      caption: "Table 2.",
      concerns: ["sprites"],
      terminal: true,
    },
    factorRows(sprites),
    [
      numbers("Row", ({ row }) => row),
      numbers("beta", ({ beta }) => beta),
      numbers("gamma", ({ gamma }) => gamma),
      words("Factors", ({ factors }) => factors),
      words("Channel", ({ channel }) => channel),
      numbers("FactorVAE", ({ mean }) => overSeeds(mean.factorVae, 2)),
      numbers("published", ({ published }) => decimals(published.factorVae, 2)),
      numbers("of samples", ({ sample }) => overSeeds(sample.factorVae, 2)),
      numbers("MIG", ({ mean }) => overSeeds(mean.mig, 2)),
      numbers("published", ({ published }) => decimals(published.mig, 2)),
      numbers("of samples", ({ sample }) => overSeeds(sample.mig, 2)),
      numbers("Runs", ({ runs }) => runs),
    ],
  );
}

/** Table 3; nothing where Echo is not trained. */
export function noiseTable(images: readonly ImageResult[], data: readonly ImageData[]): PaperTable[] {
  return paperTable(
    {
      heading: "Table 3: what the dimensions of Echo's noise share",
      text: [
        "Total correlation of the noise that Echo took for the test images at beta = 1, by the covariance of its samples (rule I2), in nats. A gaussian channel's noise has 0. By chance, as many samples of independent dimensions have D(D-1) / 4N on average.",
      ],
      caption: "Table 3.",
      concerns: ["images", ...data.map(({ name }) => name)],
      terminal: true,
    },
    noiseRows(images, data),
    [
      words("Data", (row) => data.find(({ name }) => name === row.data)!.title),
      numbers("Total correlation", ({ totalCorrelationNats }) => overSeeds(totalCorrelationNats, 2)),
      numbers("published", ({ publishedNats }) => decimals(publishedNats, 1)),
      numbers("by chance", ({ chanceNats }) => decimals(chanceNats, 2)),
      numbers("Runs", ({ totalCorrelationNats }) => totalCorrelationNats.length),
    ],
  );
}

/** What was measured of each run, for the table of all runs. */
export function runColumns({ images, sprites }: EchoResults): Column<PlannedImages | PlannedSprites>[] {
  const valuesOf = (planned: PlannedImages | PlannedSprites): (number | undefined)[] => {
    if (planned.kind === "images") {
      const { method, data, beta, seed } = planned;
      const measures = images.find(
        (one) => one.method === method && one.data === data && one.beta === beta && one.seed === seed,
      )?.measures;
      return [measures?.rateNats, measures?.distortion];
    }
    const { channel, factors, beta, gamma, seed } = planned;
    const scores = sprites
      .filter((one) => one.channel === channel && one.factors === factors && one.seed === seed)
      .find((one) => one.beta === beta && one.gamma === gamma)?.measures?.mean;
    return [undefined, undefined, scores?.factorVae, scores?.mig];
  };
  return ["Rate", "Distortion", "FactorVAE", "MIG"].map((title, k) =>
    numbers(title, (planned) => {
      const value = valuesOf(planned)[k];
      return value === undefined ? NOTHING : decimals(value, 3);
    }),
  );
}
