import type { Command } from "commander";
import { UserError } from "../../errors.js";
import type { Removal } from "../../runs/remove.js";
import { confirm } from "../confirm.js";
import { EXIT_CODES } from "../exit-codes.js";
import { formatBytes, grouped } from "../format.js";
import { jsonOption, runsOption } from "../options.js";
import { printJson, printLine, printNote } from "../output.js";

interface RmOptions {
  readonly runs: string;
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `narrows rm RUN...`. */
export function registerRm(program: Command): void {
  program
    .command("rm")
    .description("remove runs with all that Narrows has written in their folders")
    .argument("<run...>", "names of runs, or paths of their folders")
    .option("-y, --yes", "do not ask")
    .option("-f, --force", "remove other files in these folders too, which Narrows has not written")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Removed are runs only, all that are named or none: never one that is being trained, and nothing through a link. There is no way
back. Codes that were written from a run stay.

Examples:
  narrows rm baseline-c10-s0
  narrows rm $(narrows runs --where status=failed --quiet) --yes`,
    )
    .action(async (names: string[], options: RmOptions) => {
      process.exitCode = await remove([...new Set(names)], options);
    });
}

async function remove(
  names: readonly string[],
  { runs: root, yes, force, json }: RmOptions,
): Promise<number> {
  const { holdForRemoval, keepRun, removeRun } = await import("../../runs/remove.js");
  const removals = holdForRemoval(root, names);
  let left: readonly Removal[] = removals;
  try {
    if (!force) for (const removal of removals) refuseOthers(removal);
    if (!yes && !(await confirm(`Remove ${listed(removals)}?`))) {
      printNote("Nothing was removed.");
      return EXIT_CODES.failed;
    }
    for (const removal of removals) {
      removeRun(removal);
      left = left.slice(1);
    }
  } finally {
    for (const removal of left) keepRun(removal);
  }
  if (json) {
    printJson(removals.map(({ run: { name, path }, files, bytes }) => ({ run: name, path, files, bytes })));
    return EXIT_CODES.done;
  }
  for (const removal of removals) printLine(`removed ${described(removal)}`);
  return EXIT_CODES.done;
}

function refuseOthers({ run, others }: Removal): void {
  const [first] = others;
  if (first === undefined) return;
  const more = others.length > 1 ? ` and ${others.length - 1} more` : "";
  throw new UserError({
    where: run.path,
    what: `Narrows has not written ${first}${more} in it`,
    remedy: "Move it away, or add --force to remove everything in the folder",
  });
}

function listed(removals: readonly Removal[]): string {
  return removals.length === 1
    ? described(removals[0]!)
    : `${removals.length} runs: ${removals.map(described).join(", ")}`;
}

function described({ run, files, bytes }: Removal): string {
  return `${run.name} (${grouped(files)} ${files === 1 ? "file" : "files"}, ${formatBytes(bytes)})`;
}
