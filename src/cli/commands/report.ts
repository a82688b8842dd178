import type { Command } from "commander";
import { claimOutput } from "../claim-output.js";
import { labelsOf, labelsOption } from "../labels-option.js";
import { type DeviceOptions, deviceOption, runsOption, threadsOption } from "../options.js";
import { printLine } from "../output.js";

interface ReportOptions extends DeviceOptions {
  readonly runs: string;
  readonly out: string;
  readonly force?: boolean;
  readonly labels?: string;
}

/** `narrows report RUN...`. */
export function registerReport(program: Command): void {
  program
    .command("report")
    .description("write one page on the code of one or several runs, and the effect of the rate limit")
    .argument("<run...>", "names of runs, or paths of their folders")
    .option("--out <file>", "where to write the page", "report.html")
    .option("--force", "replace the file if it exists")
    .addOption(labelsOption())
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addHelpText(
      "after",
      `
The page holds everything it needs: it can be mailed, and opens without a network.

Examples:
  narrows report baseline-c10-s0 baseline-c0.3-s0 --out squeeze.html
  narrows report coloured-c10 coloured-c1 --labels digit,colour`,
    )
    .action(
      async (
        names: [string, ...string[]],
        { runs, out, force, labels, device: name, threads }: ReportOptions,
      ) => {
        claimOutput(out, force);
        const [{ analyse, loadRuns, writePage }, { nodeDevice }] = await Promise.all([
          import("../run-page.js"),
          import("../../onnx/node.js"),
        ]);
        const device = await nodeDevice(name, threads);
        const analysis = await analyse(loadRuns(runs, names), device, { labels: labelsOf(labels) });
        await writePage(out, analysis, device, {
          subtitle: names.join(", "),
          command: `narrows report ${names.join(" ")} --out ${out}`,
        });
        printLine(out);
      },
    );
}
