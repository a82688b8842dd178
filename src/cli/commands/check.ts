import type { Command } from "commander";
import { EXIT_CODES } from "../exit-codes.js";
import { jsonOption, runsOption } from "../options.js";
import { printJson, printLine } from "../output.js";

interface CheckOptions {
  readonly runs: string;
  readonly accept?: boolean;
  readonly json?: boolean;
}

/** `narrows check [RUN...]`. */
export function registerCheck(program: Command): void {
  program
    .command("check")
    .description("compare every file of runs with the checksums that were written with it")
    .argument("[runs...]", "names of runs, or paths of their folders; by default all")
    .option("--accept", "take the files of the runs named as they are now, and renew their checksums")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Metrics, manifest and checkpoints are compared whenever a command reads them; this reads all, models and TensorBoard files too.
--accept is for a manifest that you changed on purpose, such as the path of data that have moved, and for files that are lost
for good: damaged checkpoints are renamed, damaged lines of metrics are cut out.
Exit codes: 0 all is as it was written; 2 something is missing, damaged or changed, one line each.

Examples:
  narrows check
  narrows check baseline-c10-s0
  narrows check baseline-c10-s0 --accept`,
    )
    .action(check);
}

async function check(names: readonly string[], { runs: root, accept, json }: CheckOptions): Promise<void> {
  if (accept) return acceptAll(root, names);
  const [{ listRuns, openRun }, { checkRun }] = await Promise.all([
    import("../../runs/run.js"),
    import("../../runs/check.js"),
  ]);
  const listings = names.length > 0 ? names.map((name) => openRun(root, name)) : listRuns(root);
  const checked = listings.map((listing) =>
    "unreadable" in listing
      ? { run: listing.name, problems: [`${listing.path}: ${listing.unreadable}`], sound: 0, hasSums: false }
      : { run: listing.name, ...checkRun(listing) },
  );
  if (checked.some(({ problems }) => problems.length > 0)) process.exitCode = EXIT_CODES.badInput;
  if (json) return printJson(checked);
  for (const { run, problems, sound, hasSums } of checked) {
    for (const problem of problems) printLine(problem);
    if (problems.length > 0) printLine(`${run}: ${problems.length} of its files do not fit`);
    else if (hasSums) printLine(`${run}: all ${sound} files are as they were written`);
    else {
      printLine(
        `${run}: its checkpoints are whole; it has no other checksums (an earlier version wrote it, or it has not begun)`,
      );
    }
  }
}

async function acceptAll(root: string, names: readonly string[]): Promise<void> {
  const [{ UserError }, { acceptRun }] = await Promise.all([
    import("../../errors.js"),
    import("../../runs/accept.js"),
  ]);
  if (names.length === 0) {
    throw new UserError({
      where: "--accept",
      what: "it takes the runs that are named, and none is",
      remedy: "Name a run: narrows check RUN --accept",
    });
  }
  for (const name of names) for (const line of acceptRun(root, name)) printLine(line);
}
