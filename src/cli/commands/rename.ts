import type { Command } from "commander";
import { jsonOption, runsOption } from "../options.js";
import { printJson, printLine } from "../output.js";

interface RenameOptions {
  readonly runs: string;
  readonly json?: boolean;
}

/** `narrows rename RUN NAME`. */
export function registerRename(program: Command): void {
  program
    .command("rename")
    .description("give a run another name")
    .argument("<run>", "name of a run, or path of its folder")
    .argument("<name>", "the new name")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Sweeps, reproductions and demo find a run by its configuration, whatever its name: they reuse it after this too. Reports and
figures that were written before keep the old name. A run that is being trained keeps its name until it ends.

Examples:
  narrows rename baseline-c10-s0 wide
  narrows rename runs/baseline-c0.3-s0 narrow --json`,
    )
    .action(async (run: string, name: string, { runs: root, json }: RenameOptions) => {
      const { renameRun } = await import("../../runs/rename.js");
      const { path } = renameRun(root, run, name);
      if (json) return printJson({ run: name, path });
      printLine(`${name}: ${path}`);
    });
}
