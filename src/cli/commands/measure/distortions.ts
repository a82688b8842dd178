import type { Command } from "commander";
import { type DeviceOptions, deviceOption, jsonOption, runsOption, threadsOption } from "../../options.js";
import { printJson, printLine } from "../../output.js";
import { describeIndices, plainIndices, warnOfUndefined } from "./format-indices.js";

interface DistortionsOptions extends DeviceOptions {
  readonly baseline: string;
  readonly classes?: string;
  readonly seed: string;
  readonly resamples: string;
  readonly runs: string;
  readonly json?: boolean;
}

export function registerDistortions(measure: Command): void {
  measure
    .command("distortions")
    .description(
      "Prototypization, specialization and orthogonalization of a run's code against its baseline's.",
    )
    .argument("<run>", "name of a run, or path of its folder")
    .requiredOption(
      "--baseline <run>",
      "the run it is compared with: the same images and capacity, no bias, no task",
    )
    .option(
      "--classes <rule>",
      "a label rule or a name (E1M1 ... E2M5); the run's own task or bias tells otherwise",
    )
    .option("--seed <n>", "of the bootstrap resamples", "0")
    .option("--resamples <n>", "bootstrap resamples of the stimuli", "200")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Both codes are taken for the same stimuli: about 1,500 images of the baseline's test rows, every pair of positions among
them. Rules G10 to G14 of docs/definitions/geometry.md; 0 is undistorted. For arrays of your own: measure indices.

Examples:
  narrows measure distortions e1m1-c0.3-s0 --baseline baseline-c0.3-s0
  narrows measure distortions e2m1-c10-s0 --baseline baseline-c10-s0 --classes "xU <= xL" --json`,
    )
    .action(measureDistortions);
}

async function measureDistortions(name: string, options: DistortionsOptions): Promise<void> {
  const [{ wholeNumber }, { loadRuns }, { nodeDevice }, { distortionOfRun }] = await Promise.all([
    import("./arguments.js"),
    import("../../run-page.js"),
    import("../../../onnx/node.js"),
    import("../../../papers/geometry-of-efficient-codes/distortions.js"),
  ]);
  const seed = wholeNumber("seed", options.seed, 0);
  const resamples = wholeNumber("resamples", options.resamples, 0);
  const [trained] = loadRuns(options.runs, [name]);
  const [baseline] = loadRuns(options.runs, [options.baseline]);
  const device = await nodeDevice(options.device, options.threads);
  const choice = { classes: options.classes, seed, resamples };
  const { rule, labels, stimuli, indices } = await distortionOfRun(trained, baseline, device, choice);
  warnOfUndefined(indices, name);
  if (options.json) {
    const runs = { run: name, baseline: options.baseline, rule, stimuli };
    printJson({ ...runs, ...plainIndices(indices, labels), seed, resamples });
    return;
  }
  printLine(`${name} against ${options.baseline}, classes by ${rule}`);
  describeIndices(indices, labels);
}
