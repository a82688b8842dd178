import { type Command, Option } from "commander";
import { deviceOption, jsonOption, positiveInteger, repeated, runsOption } from "../options.js";
import type { SweepOptions } from "../run-sweep.js";

/** `narrows sweep CONFIG`. */
export function registerSweep(program: Command): void {
  program
    .command("sweep")
    .description("train a configuration at every point of a grid of settings, in worker processes")
    .argument("<config>", "a YAML file, as for train")
    .option(
      "--grid <key=values>",
      "values that a setting takes, such as objective.beta=0.1,1,4 (repeatable: grids are crossed)",
      repeated,
    )
    .addOption(
      new Option("--seeds <n>", "seeds at each point, from the configuration's on")
        .argParser(positiveInteger)
        .default(1),
    )
    .addOption(
      new Option("--workers <n>", "processes at work at the same time, one thread each")
        .argParser(positiveInteger)
        .default(2),
    )
    .option("--set <path=value>", "override a key at every point (repeatable)", repeated)
    .option("--preset <name>", "settings that others use: geometry, authors-code, burgess")
    .addOption(deviceOption())
    .addOption(runsOption())
    .option("--dry-run", "say what would be trained, and train nothing")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Keys are those of --set, with or without their leading "model."; a value may be anything that YAML can say. Each point is a
run in the folder of runs. What is finished there is not trained again; what was stopped, goes on. Ctrl-C lets the workers save
and exits with 130; the same command continues. A run that fails stops no other.

Examples:
  narrows sweep my.yaml --grid objective.beta=0.1,0.3,1,4 --seeds 3 --workers 2
  narrows sweep my.yaml --grid objective.capacity=0.3,1,3,6,10 --set training.epochs=4 --dry-run
  narrows sweep my.yaml --grid channel.dimensions=2,5 --grid 'likelihood={type: mse},{type: bernoulli}'
  narrows figure rate-distortion runs/my-* --out curves.svg`,
    )
    .action(async (config: string, options: SweepOptions) => {
      const { sweep } = await import("../run-sweep.js");
      process.exitCode = await sweep(config, options);
    });
}
