import type { Command } from "commander";
import {
  type DeviceOptions,
  deviceOption,
  jsonOption,
  repeated,
  runsOption,
  threadsOption,
} from "../options.js";

interface TrainOptions extends DeviceOptions {
  readonly set?: string[];
  readonly preset?: string;
  readonly run?: string;
  readonly runs: string;
  readonly json?: boolean;
}

/** `narrows train CONFIG`. */
export function registerTrain(program: Command): void {
  program
    .command("train")
    .description("train a model as a configuration says, in a run's folder of its own")
    .argument("<config>", "a YAML file, ours or one of the authors'")
    .option("--set <path=value>", "override a key, such as objective.capacity=3 (repeatable)", repeated)
    .option("--preset <name>", "settings that others use: geometry, authors-code, burgess")
    .addOption(deviceOption())
    .addOption(threadsOption())
    .option("--run <name>", "name of the run (made from the configuration by default)")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Ctrl-C saves a checkpoint and exits with 130; "narrows resume NAME" goes on from there.

Examples:
  narrows train configs/geometry-of-efficient-codes/baseline.yaml
  narrows train configs/geometry-of-efficient-codes/baseline.yaml --set objective.capacity=0.3 --run squeezed
  narrows train my.yaml --set seed=1 --set training.epochs=2 --threads 1 --json`,
    )
    .action(async (config: string, options: TrainOptions) => {
      const { loadConfiguration } = await import("../../configuration/load.js");
      const { startRun } = await import("../run-training.js");
      const { withForeignCodes } = await import("../foreign-codes.js");
      const overrides = await withForeignCodes(config, options.set ?? [], options);
      const { configuration, warnings, assumptions } = loadConfiguration(config, overrides, options.preset);
      process.exitCode = await startRun(configuration, warnings, { ...options, assumptions });
    });
}

/** `narrows resume RUN`. */
export function registerResume(program: Command): void {
  program
    .command("resume")
    .description("go on with a run that was stopped, from its newest checkpoint")
    .argument("<run>", "name of a run, or path of its folder")
    .option(
      "--set <path=value>",
      "training.epochs or training.steps may be raised; any other change is refused",
      repeated,
    )
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
A resumed run ends with the same bytes as one that was never stopped, on the same device and number of threads.

Examples:
  narrows resume baseline-c10-s0
  narrows resume baseline-c10-s0 --set training.epochs=12`,
    )
    .action(async (run: string, options: Omit<TrainOptions, "run" | "preset">) => {
      const { resumeRun } = await import("../run-training.js");
      process.exitCode = await resumeRun(run, options);
    });
}
