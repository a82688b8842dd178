import { type Command, Option } from "commander";
import { labelsOf, labelsOption } from "../../labels-option.js";
import { type DeviceOptions, deviceOption, jsonOption, runsOption, threadsOption } from "../../options.js";
import { printJson, printLine } from "../../output.js";
import { describeIndices, plainIndices, warnOfUndefined } from "./format-indices.js";

interface DistortionsOptions extends DeviceOptions {
  readonly baseline: string;
  readonly labels?: string;
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
    .addOption(labelsOption("by default the run's own task, its bias, or the only label of classes"))
    .addOption(new Option("--classes <rule>", "the old name of --labels").hideHelp())
    .option("--seed <n>", "of the bootstrap resamples", "0")
    .option("--resamples <n>", "bootstrap resamples of the stimuli", "200")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Both codes are of the same images: about 1,500 of the baseline's test rows. Images of the same labels are a class; a quantity of
more than 40 different values is sorted into 10 bins. Rules G10 to G14 of docs/definitions/geometry.md; 0 is undistorted. For arrays of your own: measure indices.

Examples:
  narrows measure distortions e1m1-c0.3-s0 --baseline baseline-c0.3-s0
  narrows measure distortions e2m1-c10-s0 --baseline baseline-c10-s0 --labels "xU <= xL" --json
  narrows measure distortions digits-c1 --baseline digits-c10 --labels digit`,
    )
    .action(measureDistortions);
}

async function measureDistortions(name: string, options: DistortionsOptions): Promise<void> {
  const [{ wholeNumber }, { loadRuns }, { nodeDevice }, { distortionOfRun }] = await Promise.all([
    import("./arguments.js"),
    import("../../run-page.js"),
    import("../../../onnx/node.js"),
    import("../../../analysis/distortion-of-run.js"),
  ]);
  const seed = wholeNumber("seed", options.seed, 0);
  const resamples = wholeNumber("resamples", options.resamples, 0);
  const [trained] = loadRuns(options.runs, [name]);
  const [baseline] = loadRuns(options.runs, [options.baseline]);
  const device = await nodeDevice(options.device, options.threads);
  const labels = labelsOf(options.labels ?? options.classes);
  const { groups, stimuli, indices } = await distortionOfRun(trained, baseline, device, {
    labels,
    seed,
    resamples,
  });
  warnOfUndefined(indices, name);
  if (options.json) {
    const runs = { run: name, baseline: options.baseline, rule: groups.title, stimuli };
    printJson({ ...runs, ...plainIndices(indices, groups.labels), seed, resamples });
    return;
  }
  printLine(`${name} against ${options.baseline}, classes by ${groups.title}`);
  describeIndices(indices, groups.labels, groups.names);
}
