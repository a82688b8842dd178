import type { Command } from "commander";
import { registerAnalysisFigures } from "./analysis.js";
import { registerImageFigures } from "./images.js";
import { registerLayerFigures } from "./layers.js";
import { registerRateDistortion } from "./rate-distortion.js";
import { registerTrainingCurves } from "./training-curves.js";
import { registerTraversal } from "./traversal.js";

/** Each file adds its figures as subcommands, with the options that have a meaning for them. */
const figures: readonly ((figure: Command) => void)[] = [
  registerAnalysisFigures,
  registerRateDistortion,
  registerTrainingCurves,
  registerLayerFigures,
  registerImageFigures,
  registerTraversal,
];

/** `narrows figure NAME RUN... --out FILE`. */
export function registerFigure(program: Command): void {
  const figure = program
    .command("figure")
    .description("draw one figure from one or several runs")
    .addHelpText(
      "after",
      `
The name of the file says the format: .svg, .png, .pdf, .html, or .csv for the numbers behind the figure; a traversal also
moves, in .apng and .gif.

Examples:
  narrows figure latent-map baseline-c10-s0 baseline-c0.3-s0 --out map.svg
  narrows figure capacity-distortion baseline-c10-s0 baseline-c0.3-s0 --out matrix.png
  narrows figure training-curves baseline-c10-s0 --out training.csv
  narrows figure layers my-vae --epochs all --out layers.svg
  narrows figure samples baseline-c10-s0 --out samples.png
  narrows figure rate-distortion runs/baseline-c* --out curves.svg
  narrows figure traversal baseline-c10-s0 --out traversal.gif`,
    );
  for (const register of figures) register(figure);
}
