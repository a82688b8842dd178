import type { Command } from "commander";
import { drawStill, type FigureOptions, figureCommand } from "./figure-command.js";

export function registerTrainingCurves(figure: Command): void {
  figureCommand(figure, "training-curves", "distortion and rate over the training").action(
    (names: [string, ...string[]], options: FigureOptions) =>
      drawStill(names, options, async (runs) => {
        const { drawTrainingCurves } = await import("../../../run-figures/index.js");
        return drawTrainingCurves(runs);
      }),
  );
}
