import { type Command, Option } from "commander";
import { positiveInteger, seedOption } from "../../options.js";
import { conventionOf, drawStill, figureCommand, type ImageOptions, oneOption } from "./figure-command.js";

interface ChoiceOptions extends ImageOptions {
  readonly count?: number;
  readonly seed?: number;
}

interface GridOptions extends ChoiceOptions {
  readonly columns: number;
}

type Names = [string, ...string[]];

/** Figures of many images: what runs make of given ones, and what they imagine. */
export function registerImageFigures(figure: Command): void {
  withImages(figure, "reconstructions", "test images, and under each what every run makes of it", 8)
    .addOption(seedOption("which images, and the noise of the channel (the run's own by default)"))
    .action((names: Names, options: ChoiceOptions) =>
      drawStill(names, options, async (runs, device) => {
        const { drawReconstructions } = await import("../../../run-figures/index.js");
        return drawReconstructions(runs, device, { ...chosen(options) });
      }),
    );
  withImages(
    figure,
    "reconstruction-grid",
    "a grid of test images, and beside it what every run makes of them",
    36,
  )
    .addOption(columnsOption())
    .addOption(seedOption("which images, and the noise of the channel (the run's own by default)"))
    .action((names: Names, options: GridOptions) =>
      drawStill(names, options, async (runs, device) => {
        const { drawReconstructionGrid } = await import("../../../run-figures/index.js");
        return drawReconstructionGrid(runs, device, { ...chosen(options), columns: options.columns });
      }),
    );
  withImages(figure, "samples", "what runs imagine: codes drawn from the marginal, decoded", 144)
    .addOption(columnsOption())
    .addOption(seedOption("which codes (the run's own by default)"))
    .addHelpText(
      "after",
      `
The first of many samples are those of few; two runs of one seed are shown the same codes.

Example:
  narrows figure samples baseline-c10-s0 baseline-c0.3-s0 --count 36 --columns 6 --out samples.png`,
    )
    .action((names: Names, options: GridOptions) =>
      drawStill(names, options, async (runs, device) => {
        const { drawSamples } = await import("../../../run-figures/index.js");
        return drawSamples(runs, device, { ...chosen(options), columns: options.columns });
      }),
    );
}

function withImages(figure: Command, name: string, about: string, count: number): Command {
  return figureCommand(figure, name, about)
    .addOption(new Option("--count <n>", `how many images (${count} by default)`).argParser(positiveInteger))
    .addOption(oneOption());
}

function columnsOption(): Option {
  return new Option("--columns <n>", "images in a row").argParser(positiveInteger).default(12);
}

function chosen(options: ChoiceOptions) {
  const { count, seed } = options;
  return {
    ...(count === undefined ? {} : { count }),
    ...(seed === undefined ? {} : { seed }),
    convention: conventionOf(options),
  };
}
