import { type Command, Option } from "commander";
import { jsonOption, runsOption } from "../../options.js";
import type { ReproductionOptions } from "../../reproduction-options.js";

/** `narrows reproduce geometry`. */
export function registerGeometry(reproduce: Command): void {
  reproduce
    .command("geometry")
    .description(
      'train the models of "The geometry of efficient codes", draw its figures, and check its statements',
    )
    .addOption(
      new Option("--preset <name>", "how much to train").choices(["quick", "paper"]).default("quick"),
    )
    .option("--only <models>", "some of Baseline,E1M1,E1M2,E2M1,E2M2,E2M3,E2M4,E2M5 (all by default)")
    .option("--capacities <nats>", "capacities in nats (0.3,10 for quick; 0.3,1,3,6,10 for paper)")
    .option("--seeds <n>", "how many seeds, from 0 on", "1")
    .addOption(
      new Option("--heads <variant>", "how classifiers are trained: as the published ones were, or soundly")
        .choices(["published", "sound"])
        .default("published"),
    )
    .option("--no-frozen", "leave out the classifiers on frozen codes (Fig. 6A and 6D)")
    .option("--workers <n>", "processes at work at the same time, one thread each", "2")
    .addOption(runsOption())
    .option("--out <dir>", "folder of report.html, report.pdf, results.json and panels", "reproduction")
    .option("--dry-run", "say what would be trained, and train nothing")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Each model is a run in the folder of runs. What is finished there is not trained again; what was stopped, goes on. Ctrl-C
lets the workers save and exits with 130; the same command continues. A run that fails stops no other.

Examples:
  narrows reproduce geometry --dry-run
  narrows reproduce geometry --only Baseline,E2M3 --capacities 0.3,10
  narrows reproduce geometry --preset paper --seeds 3 --workers 4 --out paper`,
    )
    .action(async (options: ReproductionOptions) => {
      const { reproduceGeometry } = await import("../../run-reproduce.js");
      process.exitCode = await reproduceGeometry(options);
    });
}
