import type { Command } from "commander";
import type { ListOptions } from "../list-runs.js";
import { jsonOption, positiveInteger, repeated, runsOption } from "../options.js";

/** `narrows runs`. */
export function registerRuns(program: Command): void {
  program
    .command("runs")
    .description("list the runs: status, progress, target C, rate, gap, distortion and loss of each")
    .option("--where <conditions>", "only the runs that meet all conditions (repeatable)", repeated)
    .option("--sort <keys>", "order by these keys, such as rate or -started (a minus: descending)")
    .option("--columns <keys>", "the columns to show, such as run,rate,model.objective.capacity")
    .option("--limit <n>", "at most the first n", positiveInteger)
    .option("-q, --quiet", "print the names only")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Rate, gap (rate - C), MSE and loss are those of the newest evaluation on the validation rows; C is the target of the configuration.
A classifier of given codes has a loss alone: see its heads with "narrows show".
A run whose process has ended without a word is listed as interrupted; a damaged one as unreadable.

Conditions are KEY OPERATOR VALUE, behind each other: = != < <= > >= and ~ (contains, whatever the case of letters). Quote a value
with blanks; "none" means that nothing is there. Keys: run, status, tag, step, steps, epoch, epochs, target, rate, gap, distortion,
mse, loss (nats), device, threads, time (seconds), started, finished, model, parameters, dataset; any key of the
configuration, with or without "model." (a part stands for its type: objective=capacity); any number of the newest evaluation by its
name in --json, such as rateBits.

Examples:
  narrows runs --where 'status=finished rate<1' --sort -started
  narrows runs --where 'objective.capacity>=3 run~baseline' --columns run,rate,objective.capacity,tags
  narrows runs --where 'tag=paper started>2026-11-01' --json
  narrows rm $(narrows runs --where status=failed --quiet)`,
    )
    .action(async (options: ListOptions) => {
      const { printRuns } = await import("../list-runs.js");
      await printRuns(options);
    });
}
