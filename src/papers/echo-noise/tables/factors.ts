import type { Section } from "../../../report/report.js";
import { overSeeds, type Row } from "../../../reproduction/tables/cells.js";
import type { Scores, SpritesMeasures } from "../measures/sprites.js";
import { CHANNELS, type ChannelName, FACTOR_KINDS, type FactorKind, publishedScores } from "../published.js";
import type { SpritesRecipe } from "../recipe.js";
import type { SpritesResult } from "../results.js";
import { dependenceText, SETTINGS } from "../sprites.js";

/** A cell of Table 2, in the numbers of its runs. */
export interface FactorRow {
  readonly row: number;
  readonly beta: number;
  readonly gamma: number;
  readonly factors: FactorKind;
  readonly channel: ChannelName;
  readonly runs: number;
  readonly mean: Readonly<Record<keyof Scores, readonly number[]>>;
  readonly sample: Readonly<Record<keyof Scores, readonly number[]>>;
}

/** The cells of Table 2 for which something is finished. The first and the fourth row are the same models. */
export function factorRows(sprites: readonly SpritesResult[]): FactorRow[] {
  return SETTINGS.flatMap(({ row, beta, gamma }) =>
    FACTOR_KINDS.flatMap((factors) =>
      CHANNELS.flatMap((channel): FactorRow[] => {
        const runs = sprites
          .filter(
            (one) =>
              one.beta === beta && one.gamma === gamma && one.factors === factors && one.channel === channel,
          )
          .flatMap(({ measures }) => measures ?? []);
        const of = (which: "mean" | "sample") => ({
          factorVae: runs.map((measures: SpritesMeasures) => measures[which].factorVae),
          mig: runs.map((measures: SpritesMeasures) => measures[which].mig),
        });
        if (runs.length === 0) return [];
        return [
          { row, beta, gamma, factors, channel, runs: runs.length, mean: of("mean"), sample: of("sample") },
        ];
      }),
    ),
  );
}

const DIGITS = 2;

/** Table 2, a line for each of its cells, ours beside the published; nothing where nothing is trained. */
export function factorSections(sprites: readonly SpritesResult[], recipe: SpritesRecipe): Section[] {
  const rows = factorRows(sprites);
  if (rows.length === 0) return [];
  return [
    {
      kind: "table",
      heading: "Table 2: dimensions that stand for factors",
      text: [
        "FactorVAE score (rule M4; by chance about 1 over the number of factors) and mutual information gap (M3), both from 0 to 1, on all combinations of the factors, whatever a model was trained on. The centres of the codes are what counts; one sample of each stands beside, as the authors' code measures. Means over runs, and from two on their standard deviation.",
        dependenceText(recipe),
        "The labels of the published rows are lost in the text. Rows 1 to 3 have rising beta at gamma = 0, rows 4 to 7 rising gamma at beta = 1, of which row 4 repeats row 1; but for these two the values are our choice, so that only the direction within a column can be compared.",
      ],
      columns: [
        { title: "Row", align: "end" },
        { title: "beta", align: "end" },
        { title: "gamma", align: "end" },
        { title: "Factors" },
        { title: "Channel" },
        { title: "FactorVAE", align: "end" },
        { title: "published", align: "end" },
        { title: "of samples", align: "end" },
        { title: "MIG", align: "end" },
        { title: "published", align: "end" },
        { title: "of samples", align: "end" },
        { title: "Runs", align: "end" },
      ],
      rows: rows.map(({ row, beta, gamma, factors, channel, runs, mean, sample }): Row => {
        const known = publishedScores(row, factors, channel);
        return [
          row,
          beta,
          gamma,
          factors,
          channel,
          overSeeds(mean.factorVae, DIGITS),
          known.factorVae.toFixed(DIGITS),
          overSeeds(sample.factorVae, DIGITS),
          overSeeds(mean.mig, DIGITS),
          known.mig.toFixed(DIGITS),
          overSeeds(sample.mig, DIGITS),
          runs,
        ];
      }),
      caption: "Table 2.",
    },
  ];
}
