import { type Command, InvalidArgumentError, Option } from "commander";
import { claimOutput } from "../../claim-output.js";
import { positiveInteger } from "../../options.js";
import { printLine } from "../../output.js";
import { conventionOf, figureCommand, type ImageOptions, oneOption, prepare } from "./figure-command.js";

/** A GIF counts in hundredths of a second, and browsers slow down what is shown for less than two. */
const MOST_FRAMES_PER_SECOND = 50;

interface TraversalOptions extends ImageOptions {
  readonly range: number;
  readonly frames?: number;
  readonly fps: number;
  readonly channels?: readonly string[];
}

/** `narrows figure traversal`: still or moving, as the name of the file says. */
export function registerTraversal(figure: Command): void {
  figureCommand(
    figure,
    "traversal",
    "what each channel of the code does to the image, all others at 0",
    "; or .apng or .gif, which move",
  )
    .addOption(
      new Option("--range <value>", "channels go from minus this to this").argParser(positive).default(4),
    )
    .addOption(
      new Option(
        "--frames <n>",
        "values they take: pictures in a row (17 by default), or frames (50) where it moves",
      ).argParser(positiveInteger),
    )
    .addOption(
      new Option("--fps <n>", `frames a second where it moves, at most ${MOST_FRAMES_PER_SECOND}`)
        .argParser(framesPerSecond)
        .default(5),
    )
    .addOption(
      new Option("--channels <names>", "such as z1,z3 (all by default)").argParser((text) =>
        text.split(",").map((name) => name.trim()),
      ),
    )
    .addOption(oneOption())
    .addHelpText(
      "after",
      `
Examples:
  narrows figure traversal baseline-c10-s0 --out traversal.svg
  narrows figure traversal baseline-c10-s0 baseline-c0.3-s0 --channels z1,z2 --range 3 --out both.png
  narrows figure traversal baseline-c10-s0 --out traversal.gif
  narrows figure traversal baseline-c10-s0 --frames 100 --fps 20 --out traversal.apng`,
    )
    .action(drawTraversalOrAnimation);
}

async function drawTraversalOrAnimation(
  names: [string, ...string[]],
  options: TraversalOptions,
): Promise<void> {
  const { out, force, range, frames, fps, channels } = options;
  const { movingFormatOfPath, writeAnimation, writeFigure } = await import(
    "../../../figures/render/index.js"
  );
  const format = movingFormatOfPath(out);
  claimOutput(out, force);
  const { animateTraversal, drawTraversal } = await import("../../../run-figures/index.js");
  const { runs, device } = await prepare(names, options);
  const sweep = {
    range,
    convention: conventionOf(options),
    ...(frames === undefined ? {} : { frames }),
    ...(channels === undefined ? {} : { channels }),
  };
  if (format === "apng" || format === "gif") {
    const animation = await animateTraversal(runs, device, { ...sweep, framesPerSecond: fps });
    await writeAnimation(out, animation, format);
  } else {
    await writeFigure(out, await drawTraversal(runs, device, sweep));
  }
  printLine(out);
}

function framesPerSecond(text: string): number {
  const value = positive(text);
  if (value > MOST_FRAMES_PER_SECOND)
    throw new InvalidArgumentError(`Give at most ${MOST_FRAMES_PER_SECOND}.`);
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(Number.isFinite(value) && value > 0)) throw new InvalidArgumentError("Give a number above 0.");
  return value;
}
