import { type Command, Option } from "commander";
import type { LayerQuantity } from "../../draw-layers.js";
import type { ImageChoice } from "../../layer-moments.js";
import { drawStill, type FigureOptions, figureCommand } from "./figure-command.js";

// Of draw-layers.ts and training/encode-run.ts, which are not loaded for the help text.
const QUANTITIES: readonly LayerQuantity[] = ["dimension", "input", "output", "relative", "plane"];
const ROWS: readonly ImageChoice["rows"][] = ["all", "train", "validation", "test"];

interface LayerFigureOptions extends FigureOptions, ImageChoice {
  readonly of: LayerQuantity;
  readonly epochs?: string;
}

export function registerLayerFigures(figure: Command): void {
  figureCommand(
    figure,
    "layers",
    "intrinsic dimension or information imbalance from layer to layer: a curve a run, or a curve an epoch",
  )
    .addOption(
      new Option(
        "--of <quantity>",
        "the dimension; the imbalance to input or output; of neighbours, as r or in the plane",
      )
        .choices(QUANTITIES)
        .default("dimension"),
    )
    .option("--epochs <list>", "of one run: snapshots such as 0,10,20, or all")
    .addOption(new Option("--rows <which>", "which rows of the data").choices(ROWS).default("test"))
    .option("--first <n>", "so many of those rows alone, the first ones")
    .addHelpText(
      "after",
      `
Examples:
  narrows figure layers vae-k2 vae-k8 vae-k32 --first 2000 --out dimension.svg
  narrows figure layers my-vae --of input --epochs all --out over-training.png
  narrows figure layers my-vae --of plane --out plane.pdf`,
    )
    .action((names: [string, ...string[]], options: LayerFigureOptions) =>
      drawStill(names, options, async (runs, device) => {
        const { drawLayers } = await import("../../draw-layers.js");
        return drawLayers(runs, options.of, options, device);
      }),
    );
}
