import type { Command } from "commander";
import { claimOutput } from "../claim-output.js";
import { type DeviceOptions, deviceOption, runsOption, threadsOption } from "../options.js";
import { printLine } from "../output.js";

interface ReportOptions extends DeviceOptions {
  readonly runs: string;
  readonly out: string;
  readonly force?: boolean;
}

/** `narrows report RUN...`. */
export function registerReport(program: Command): void {
  program
    .command("report")
    .description("one page that shows what the squeeze did to the code of one or several runs")
    .argument("<run...>", "names of runs, or paths of their folders")
    .option("--out <file>", "where to write the page", "report.html")
    .option("--force", "replace the file if it exists")
    .addOption(runsOption())
    .addOption(deviceOption())
    .addOption(threadsOption())
    .addHelpText(
      "after",
      `
The page holds everything it needs: it can be mailed, and opens without a network.

Example:
  narrows report baseline-c10-s0 baseline-c0.3-s0 --out squeeze.html`,
    )
    .action(
      async (names: [string, ...string[]], { runs, out, force, device: name, threads }: ReportOptions) => {
        claimOutput(out, force);
        const [{ analyseRuns, writePage }, { nodeDevice }] = await Promise.all([
          import("../run-page.js"),
          import("../../onnx/node.js"),
        ]);
        const device = await nodeDevice(name, threads);
        const analyses = await analyseRuns(runs, names, device);
        await writePage(out, analyses, device, {
          title: "What the squeeze did",
          subtitle: names.join(", "),
          command: `narrows report ${names.join(" ")} --out ${out}`,
        });
        printLine(out);
      },
    );
}
