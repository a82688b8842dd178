import { type Command, Option } from "commander";
import type { DimensionOptions } from "../../dimension-options.js";
import { NETWORK_SIZES } from "../../image-reproduction.js";
import { deviceOption, jsonOption, runsOption } from "../../options.js";

/** `narrows reproduce dimension`. */
export function registerDimension(reproduce: Command): void {
  reproduce
    .command("dimension")
    .description(
      'train the networks of "Understanding VAEs with Intrinsic Dimension and Information Imbalance", measure every layer, draw its figures, and check its statements',
    )
    .addOption(
      new Option("--preset <name>", "how much to train").choices(["quick", "paper"]).default("quick"),
    )
    .option("--data <names>", "paper: some of cifar10,mnist (default: cifar10)")
    .option("--dimensions <list>", "each K (2,4,8,16,32 for quick; 2,4,8,16,32,64,128 for paper)")
    .option("--seeds <n>", "how many seeds, from 0 on (2 for quick, 3 for paper)")
    .option("--epochs <n>", "of each network (20 for quick, 200 for paper)")
    .option("--points <n>", "test images at which layers are measured (2000 for quick, 5000 for paper)")
    .addOption(
      new Option(
        "--networks <size>",
        "the paper's, or with half of the channels (the preset's by default)",
      ).choices(NETWORK_SIZES),
    )
    .addOption(
      new Option("--noise <kind>", "the same noise in every epoch, as published, or fresh").choices([
        "frozen",
        "fresh",
      ]),
    )
    .option("--small <dir>", "quick: folder of MNIST's t10k files", "data")
    .option("--workers <n>", "processes at work at the same time, one thread each", "2")
    .addOption(deviceOption())
    .addOption(runsOption())
    .option(
      "--out <dir>",
      "folder of report.html, report.pdf, results.json and panels",
      "reproduction-dimension",
    )
    .option("--dry-run", "say what would be trained, and train nothing")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Figures 1 to 3 and A1 to A4: intrinsic dimension and information imbalance of every layer over the layers, over the epochs and over
K, with the published curves beside. Each network is a run in the folder of runs, and keeps its parameters at the epochs that are
measured. What is finished there is not trained again; what was stopped, goes on, and what was measured is kept in the folder
measured of --out. Ctrl-C lets the workers save and exits with 130; the same command continues.

The preset paper needs CIFAR-10 in the folder data ("narrows datasets get cifar10") and a device of its own: 2 petaflop a network.
The preset quick trains thin networks on MNIST's 10,000 test images, which every caption says.

Examples:
  narrows reproduce dimension --dry-run
  narrows reproduce dimension --small my-images --workers 2 --out dimension
  narrows reproduce dimension --dimensions 2,8,32 --networks paper --seeds 2
  narrows reproduce dimension --preset paper --dimensions 64 --device cuda --workers 1`,
    )
    .action(async (options: DimensionOptions) => {
      const { reproduceDimension } = await import("../../run-reproduce-dimension.js");
      process.exitCode = await reproduceDimension(options);
    });
}
