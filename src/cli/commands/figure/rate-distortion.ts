import { type Command, InvalidArgumentError, Option } from "commander";
import { deviceOption, jsonOption, positiveInteger, runsOption, threadsOption } from "../../options.js";
import type { RateDistortionOptions } from "../../run-rate-distortion.js";
import { conventionOf, type ImageOptions, oneOption } from "./figure-command.js";

type GivenOptions = Omit<RateDistortionOptions, "convention"> & Pick<ImageOptions, "one">;

/** `narrows figure rate-distortion`. */
export function registerRateDistortion(figure: Command): void {
  figure
    .command("rate-distortion")
    .description("rate and distortion of many runs in one plane, each method a line")
    .argument("<run...>", "names of runs, or paths of their folders")
    .option(
      "--out <file>",
      "where to draw it: .svg, .png, .pdf, .html, .csv (the numbers in a table otherwise)",
    )
    .option("--force", "replace the file if it exists")
    .option("--by <key>", "the setting that tells methods apart, such as channel.type, or name")
    .addOption(
      new Option("--interval <kind>", "bars over seeds: 95 % t-intervals of the mean, or one deviation")
        .choices(["confidence", "deviation"])
        .default("confidence"),
    )
    .addOption(
      new Option("--reconstructions [n]", "so many images below (6), at matched rates").argParser(
        positiveInteger,
      ),
    )
    .addOption(
      new Option("--at <nats>", "the rates to match, such as 6,12,24 (three by default)").argParser(numbers),
    )
    .addOption(new Option("--elbo <nats>", "lines of equal -ELBO, such as 88.8,90").argParser(numbers))
    .option("--bound", "for Corridors: position distortion, over the least that any code can have")
    .option("--title <text>", "heading of the figure")
    .addOption(oneOption())
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Each run is taken at its newest evaluation. Runs of one channel, marginal and regularizers are one method (or those of one value
of --by); runs that differ in the seed alone are one point. A dashed line is the least rate that a channel can have.

Examples:
  narrows figure rate-distortion runs/mnist-* --out curves.svg
  narrows figure rate-distortion runs/mnist-* --reconstructions --one white --out curves.png
  narrows figure rate-distortion runs/baseline-c* --bound --out bound.pdf
  narrows figure rate-distortion runs/mnist-* --by objective.type --json`,
    )
    .action(async (names: [string, ...string[]], options: GivenOptions) => {
      const { rateDistortion } = await import("../../run-rate-distortion.js");
      await rateDistortion(names, { ...options, convention: conventionOf(options) });
    });
}

function numbers(text: string): number[] {
  const values = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (!values.every((value) => Number.isFinite(value) && value > 0))
    throw new InvalidArgumentError("Give numbers above 0 with commas between.");
  return values;
}
