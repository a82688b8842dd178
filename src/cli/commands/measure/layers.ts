import { type Command, Option } from "commander";
import type { EncodedRows } from "../../../training/encode-run.js";
import { deviceOption, jsonOption, runsOption, threadsOption } from "../../options.js";
import type { LayersOptions } from "../../run-layers.js";

// Of training/encode-run.ts, which is not loaded for the help text.
const ROWS: readonly EncodedRows[] = ["all", "train", "validation", "test"];

export function registerLayers(measure: Command): void {
  measure
    .command("layers")
    .description("Dimension and information imbalance of every layer of a run, or between the layers of two.")
    .argument("<run>", "name of an autoencoder's run, or path of its folder")
    .argument("[other]", "another run on the same images: how much their layers tell of each other")
    .option("--layers <names>", "such as input,code,output (default: all)")
    .option("--epochs <list>", "snapshots such as 0,10,20, or all (default: the newest checkpoint)")
    .addOption(new Option("--rows <which>", "which rows of its data").choices(ROWS).default("test"))
    .option("--first <n>", "so many of those rows alone, the first ones")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Of each layer: TwoNN by the line that the paper fits, its error (linked, N11), and by maximum likelihood; then the imbalances to the
input and to the output, and to the next layer and back. The code is measured as it was sampled, and as its mean. A run keeps
snapshots where its configuration has training.snapshotEpochs. Numbers compare at equal numbers of images only.

Examples:
  narrows measure layers my-vae --first 2000
  narrows measure layers my-vae --epochs all --json
  narrows measure layers vae-k8 vae-k16 --layers code,output`,
    )
    .action(async (run: string, other: string | undefined, options: LayersOptions) => {
      const { measureRunLayers, measureTwoRuns } = await import("../../run-layers.js");
      await (other === undefined ? measureRunLayers(run, options) : measureTwoRuns(run, other, options));
    });
}
