import { type Command, InvalidArgumentError } from "commander";
import { claimOutput } from "../claim-output.js";
import { type DeviceOptions, deviceOption, runsOption, threadsOption } from "../options.js";
import { printLine } from "../output.js";

interface FigureOptions extends DeviceOptions {
  readonly runs: string;
  readonly out: string;
  readonly force?: boolean;
}

/** Names and what each figure shows; told here so that `--help` loads no charts. */
const FIGURES = {
  "latent-map": "the codes of some 1,500 images in two dimensions (metric MDS), with pictured landmarks",
  "tuning-curves": "what each channel answers to the positions of the corridors",
  "capacity-distortion": "how a low capacity distorts the distances of a high one (two runs)",
  reconstructions: "images, and what each run made of them",
  "training-curves": "distortion and rate over the training",
  "rate-distortion": "distortion against capacity, the published values beside",
} as const;

/** `narrows figure NAME RUN... --out FILE`. */
export function registerFigure(program: Command): void {
  const known = Object.entries(FIGURES).map(([name, about]) => `  ${name.padEnd(22)}${about}`);
  program
    .command("figure")
    .description("draw one figure from one or several runs")
    .argument("<name>", "which figure", figureName)
    .argument("<run...>", "names of runs, or paths of their folders")
    .requiredOption(
      "--out <file>",
      "where to draw it: .svg, .png, .pdf, .html, or .csv for the numbers behind it",
    )
    .option("--force", "replace the file if it exists")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addHelpText(
      "after",
      `
Figures:
${known.join("\n")}

Examples:
  narrows figure latent-map baseline-c10-s0 baseline-c0.3-s0 --out map.svg
  narrows figure capacity-distortion baseline-c10-s0 baseline-c0.3-s0 --out matrix.png
  narrows figure training-curves baseline-c10-s0 --out training.csv`,
    )
    .action(
      async (
        figure: keyof typeof FIGURES,
        names: [string, ...string[]],
        { runs, out, force, device: name, threads }: FigureOptions,
      ) => {
        const { formatOfPath, writeFigure } = await import("../../figures/render/index.js");
        formatOfPath(out);
        claimOutput(out, force);
        const [{ analyseRuns }, { nodeDevice }, { runFigures }] = await Promise.all([
          import("../run-page.js"),
          import("../../onnx/node.js"),
          import("../../papers/geometry-of-efficient-codes/index.js"),
        ]);
        const device = await nodeDevice(name, threads);
        const analyses = await analyseRuns(runs, names, device);
        await writeFigure(out, await runFigures[figure](analyses, device));
        printLine(out);
      },
    );
}

function figureName(text: string): string {
  if (text in FIGURES) return text;
  throw new InvalidArgumentError(`Choose one of ${Object.keys(FIGURES).join(", ")}.`);
}
