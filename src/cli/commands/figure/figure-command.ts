import { type Command, Option } from "commander";
import type { FigureSpec } from "../../../figures/figure.js";
import type { Device } from "../../../onnx/devices.js";
import type { Runs } from "../../../run-figures/index.js";
import { claimOutput } from "../../claim-output.js";
import { type DeviceOptions, deviceOption, runsOption, threadsOption } from "../../options.js";
import { printLine } from "../../output.js";

/** Options that every figure has. */
export interface FigureOptions extends DeviceOptions {
  readonly runs: string;
  readonly out: string;
  readonly force?: boolean;
}

/** Options of figures that show images. */
export interface ImageOptions extends FigureOptions {
  readonly one: "black" | "white";
}

/** A subcommand of `figure` with the arguments and options that every figure has. */
export function figureCommand(figure: Command, name: string, about: string, formats = ""): Command {
  return figure
    .command(name)
    .description(about)
    .argument("<run...>", "names of runs, or paths of their folders")
    .requiredOption(
      "--out <file>",
      `where to draw it: .svg, .png, .pdf, .html, .csv for the numbers behind it${formats}`,
    )
    .option("--force", "replace the file if it exists")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption());
}

/** How pixels become greys. */
export function oneOption(): Option {
  return new Option("--one <colour>", "what a grey pixel of value 1 looks like")
    .choices(["black", "white"])
    .default("black");
}

export function conventionOf({ one }: Pick<ImageOptions, "one">): "one-is-black" | "one-is-white" {
  return one === "black" ? "one-is-black" : "one-is-white";
}

/** Loads the runs, draws them in a still figure, and says where it lies. */
export async function drawStill(
  names: readonly [string, ...string[]],
  options: FigureOptions,
  draw: (runs: Runs, device: Device) => Promise<FigureSpec>,
): Promise<void> {
  const { formatOfPath, writeFigure } = await import("../../../figures/render/index.js");
  formatOfPath(options.out);
  claimOutput(options.out, options.force);
  const { runs, device } = await prepare(names, options);
  await writeFigure(options.out, await draw(runs, device));
  printLine(options.out);
}

/** The runs and the device that a figure asks for. */
export async function prepare(
  names: readonly [string, ...string[]],
  { runs, device, threads }: FigureOptions,
): Promise<{ runs: Runs; device: Device }> {
  const [{ loadRuns }, { nodeDevice }] = await Promise.all([
    import("../../run-page.js"),
    import("../../../onnx/node.js"),
  ]);
  return { runs: loadRuns(runs, names), device: await nodeDevice(device, threads) };
}
