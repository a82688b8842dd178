import type { Command } from "commander";
import { drawStill, type FigureOptions, figureCommand } from "./figure-command.js";

/** Figures that measure the code on labelled images, and what each shows. */
const FIGURES = {
  "latent-map": "the codes of some 1,500 images in two dimensions (metric MDS), with pictured landmarks",
  "tuning-curves": "what each channel answers to the positions of the corridors",
  "capacity-distortion": "how a low capacity distorts the distances of a high one (two runs)",
  "capacity-error": "distortion against capacity, the published values beside",
} as const;

export function registerAnalysisFigures(figure: Command): void {
  for (const [name, about] of Object.entries(FIGURES) as [keyof typeof FIGURES, string][]) {
    figureCommand(figure, name, about).action((names: [string, ...string[]], options: FigureOptions) =>
      drawStill(names, options, async (runs, device) => {
        const [{ analyseLoaded }, { runFigures }] = await Promise.all([
          import("../../run-page.js"),
          import("../../../papers/geometry-of-efficient-codes/index.js"),
        ]);
        return runFigures[name](await analyseLoaded(runs, device), device);
      }),
    );
  }
}
