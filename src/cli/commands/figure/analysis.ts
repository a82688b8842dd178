import type { Command } from "commander";
import { labelsOf, labelsOption } from "../../labels-option.js";
import { drawStill, type FigureOptions, figureCommand } from "./figure-command.js";

/** Figures that measure codes, and what each shows. */
const FIGURES = {
  "latent-map": "the codes of some 1,500 test images in two dimensions, coloured by their labels",
  "tuning-curves": "what each channel responds to: its mean activity over the labels",
  "capacity-distortion":
    "how a low capacity distorts the distances of a high one, between classes (two runs)",
  "capacity-error": "distortion against capacity",
} as const;

interface AnalysisOptions extends FigureOptions {
  readonly labels?: string;
}

export function registerAnalysisFigures(figure: Command): void {
  for (const [name, about] of Object.entries(FIGURES) as [keyof typeof FIGURES, string][]) {
    figureCommand(figure, name, about)
      .addOption(labelsOption())
      .action((names: [string, ...string[]], options: AnalysisOptions) =>
        drawStill(names, options, async (runs, device) => {
          const [{ analyse }, { ANALYSIS_FIGURES }] = await Promise.all([
            import("../../run-page.js"),
            import("../../../analysis/figures.js"),
          ]);
          return ANALYSIS_FIGURES[name](await analyse(runs, device, { labels: labelsOf(options.labels) }));
        }),
      );
  }
}
