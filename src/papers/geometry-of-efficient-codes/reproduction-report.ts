import type { Report } from "../../report/report.js";
import { claimsSections } from "../../reproduction/statements/sections.js";
import { type PaperFigure, reproductionSections } from "./panels/index.js";
import type { Reproduction } from "./reproduction.js";
import { indicesSections, squeezeSections } from "./tables/indices.js";
import { reconstructionSection, taskSection } from "./tables/results.js";

/** What a reader has to know of how the models were trained. */
const RECIPES: Readonly<Record<Reproduction["preset"], string>> = {
  paper:
    "Trained as long as the published models: batches of 128, 5,316 steps for the Baseline, 3,516 for E1M2, 7,974 for all others.",
  quick:
    "The quick preset: a fifth of the images and shorter schedules. Its numbers show the effects, and are not to be held against the published ones.",
};

const HEADS: Readonly<Record<Reproduction["heads"], string>> = {
  sound: "Classifiers are trained soundly: plain cross-entropy at full weight from the first step.",
  published:
    "Classifiers are trained as the published ones were: softmax taken twice, and weights that rise over the first steps.",
};

/** The page of a whole reproduction: the paper's statements, its figures from our runs, and the numbers behind them. */
export function reproductionReport(
  { preset, heads, models, frozen, indices, squeezes, claims }: Reproduction,
  figures: readonly PaperFigure[],
  { command, version }: { readonly command: string; readonly version: string },
): Report {
  const finished = [...models, ...frozen].filter(({ status }) => status === "finished").length;
  const seeds = new Set(models.map(({ seed }) => seed)).size;
  return {
    title: "The geometry of efficient codes, reproduced",
    subtitle: `${RECIPES[preset]} ${HEADS[heads]}`,
    facts: [
      { name: "Preset", value: preset },
      { name: "Runs", value: `${finished} of ${models.length + frozen.length} finished` },
      { name: "Seeds", value: String(seeds) },
      { name: "Narrows", value: version },
    ],
    sections: [
      ...claimsSections(claims),
      ...reproductionSections(figures),
      ...indicesSections(indices),
      ...squeezeSections(squeezes),
      reconstructionSection(models),
      taskSection(models, frozen),
    ],
    footer: `Made by Narrows. Again: ${command}`,
  };
}
