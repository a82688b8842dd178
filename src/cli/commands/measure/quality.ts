import type { Command } from "commander";
import { deviceOption, jsonOption, runsOption, threadsOption } from "../../options.js";
import type { QualityOptions } from "../../run-quality.js";

export function registerQuality(measure: Command): void {
  measure
    .command("quality")
    .description(
      "How near made images are to real ones: Fréchet and kernel distance on features, sliced Wasserstein.",
    )
    .argument("[run]", "an autoencoder's run: its reconstructions and its samples against its test images")
    .option("--x <array>", "instead of a run: made images, or features of them, one row an image")
    .option("--y <array>", "and real ones")
    .option("--classifier <run>", "features of a classifier of images that was trained here")
    .option("--onnx <file>", "features of an ONNX model, such as an Inception network without its last layer")
    .option("--range <low,high>", "what black and white become for the ONNX model", "0,1")
    .option("--output <name>", "output of the ONNX model (its first by default)")
    .option("--first <n>", "of a run: so many of its test images, the first ones")
    .option("--blocks <n>", "of the kernel distance", "100")
    .option("--projections <n>", "directions of the sliced Wasserstein distance", "256")
    .option("--seed <n>", "of blocks and directions", "0")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Without --classifier and --onnx the numbers are taken as they are: features, or pixels. With one of them arrays are images [N, height,
width] or [N, height, width, channels], all bytes from 0 to 255 or all values from 0 to 1 (D19); the sliced distance is always that of the
numbers as given. Definitions Q1 to Q3 in
docs/definitions/quality.md. Values compare at equal N and with the same features alone.

FID proper: export torchvision's inception_v3 (weights IMAGENET1K_V1, fc replaced by Identity, eval mode) with torch.onnx.export from an
input of [1, 3, 299, 299], and give --onnx inception.onnx --range=-1,1. Images are resized as Pillow's BILINEAR does it.

Examples:
  narrows train configs/intrinsic-dimension/features.yaml --run eyes
  narrows measure quality my-vae --classifier eyes --json
  narrows measure quality --x made.npy --y real.npy
  narrows measure quality my-vae --onnx inception.onnx --range=-1,1 --first 2000`,
    )
    .action(async (run: string | undefined, options: QualityOptions) => {
      const { measureQuality } = await import("../../run-quality.js");
      await measureQuality(run, options);
    });
}
