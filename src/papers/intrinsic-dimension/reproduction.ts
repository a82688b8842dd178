import { createHash } from "node:crypto";
import type { Report } from "../../report/report.js";
import type { PaperFigure } from "../../reproduction/figures/paper-figure.js";
import { reproductionSections } from "../../reproduction/figures/sections.js";
import type { Claim } from "../../reproduction/statements/claim.js";
import { claimsSections } from "../../reproduction/statements/sections.js";
import { judgeClaims } from "./claims.js";
import { DATA_TITLES } from "./data-sets.js";
import { dimensionFigures } from "./figures/index.js";
import type { DimensionChoice } from "./models.js";
import { reductions } from "./recipe.js";
import type { DimensionResults } from "./results.js";
import { layerSections, qualitySection, runsSection } from "./tables.js";

const TITLE = "Understanding Variational Autoencoders with Intrinsic Dimension and Information Imbalance";

/** A text that differs between any two reproductions that differ in what was asked for, in results, or in the version. */
export function inputsOf(choice: DimensionChoice, results: DimensionResults, version: string): string {
  return createHash("sha256")
    .update(JSON.stringify([version, choice, results]))
    .digest("hex");
}

/** A reproduction in numbers, as results.json holds it. */
export function dimensionNumbers({ data, recipe }: DimensionChoice, results: DimensionResults) {
  return {
    paper: TITLE,
    recipe,
    data: data.map(({ name, reduction }) => ({ name, reduction: reduction ?? null })),
    reductions: reductions(recipe, data),
    claims: judgeClaims(results),
    ...results,
  };
}

/** The figures, each with what was reduced in its caption. */
export function notedFigures({ data, recipe }: DimensionChoice, results: DimensionResults): PaperFigure[] {
  const note = reductions(recipe, data);
  const noted = (caption: string) => (note === "" ? caption : `${caption} ${note}`);
  return dimensionFigures(results).map((figure) => ({
    ...figure,
    caption: noted(figure.caption),
    panels: figure.panels.map((panel) => ({
      ...panel,
      spec: { ...panel.spec, caption: noted(panel.spec.caption) },
    })),
  }));
}

/** The page of a reproduction: the paper's statements, its figures from our runs, and the numbers behind them. */
export function dimensionReport(
  { data, recipe }: DimensionChoice,
  {
    results,
    claims,
    figures,
  }: {
    readonly results: DimensionResults;
    readonly claims: readonly Claim[];
    readonly figures: readonly PaperFigure[];
  },
  { command, version }: { readonly command: string; readonly version: string },
): Report {
  const { networks } = results;
  const finished = networks.filter(({ status }) => status === "finished").length;
  const note = reductions(recipe, data);
  return {
    title: `${TITLE}, reproduced`,
    subtitle:
      recipe.preset === "paper"
        ? "As the paper's networks were trained, with several seeds."
        : "The quick preset. Its numbers show the effects, and are not to be held against the published ones.",
    facts: [
      { name: "Preset", value: recipe.preset },
      ...(note === "" ? [] : [{ name: "Reduced", value: note }]),
      { name: "Data", value: data.map(({ name }) => DATA_TITLES[name]).join(", ") },
      { name: "Runs", value: `${finished} of ${networks.length} finished` },
      { name: "Seeds", value: String(recipe.seeds) },
      { name: "Narrows", value: version },
    ],
    sections: [
      ...claimsSections(claims),
      ...reproductionSections(figures),
      ...layerSections(results),
      ...qualitySection(results),
      runsSection(results),
    ].map((section) =>
      section.kind === "table" && note !== ""
        ? { ...section, caption: `${section.caption ?? ""} ${note}`.trim() }
        : section,
    ),
    footer: `Made by Narrows. Again: ${command}`,
  };
}
