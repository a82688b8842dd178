import type { Command } from "commander";
import type { Prunable, Pruned } from "../../runs/prune.js";
import { formatBytes } from "../format.js";
import { jsonOption, runsOption } from "../options.js";
import { printJson, printLine, warn } from "../output.js";
import { left, right, tableLines } from "../table.js";

interface PruneOptions {
  readonly runs: string;
  readonly dryRun?: boolean;
  readonly snapshots?: boolean;
  readonly json?: boolean;
}

/** `narrows prune [RUN...]`. */
export function registerPrune(program: Command): void {
  program
    .command("prune")
    .description("remove old checkpoints and what killed processes left; say what that frees")
    .argument("[run...]", "names of runs, or paths of their folders (all runs by default)")
    .option("--dry-run", "say what would be removed, and remove nothing")
    .option("--snapshots", "remove the snapshots too, which measure layers needs to follow training")
    .addOption(runsOption())
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Every run keeps its newest whole checkpoint: it is evaluated, drawn and resumed as before. Runs that are being trained are left
alone.

Examples:
  narrows prune --dry-run
  narrows prune baseline-c10-s0 --snapshots
  narrows prune --runs /data/runs --json`,
    )
    .action(
      async (names: string[], { runs: root, dryRun = false, snapshots = false, json }: PruneOptions) => {
        const { pruneRuns } = await import("../../runs/prune.js");
        const pruned = pruneRuns(root, { snapshots, isDryRun: dryRun, ...(names.length > 0 && { names }) });
        const bytes = bytesOf(pruned.removed);
        if (json) return printJson({ dryRun, bytes, ...pruned });
        for (const line of pruneLines(pruned)) printLine(line);
        for (const { run, reason } of pruned.skipped) warn(`${run}: ${reason}; left alone`);
        printLine(`${dryRun ? "would free" : "freed"} ${formatBytes(bytes)}`);
      },
    );
}

/** A line for each run and kind of file. */
function pruneLines({ removed }: Pruned): string[] {
  const groups = new Map<string, Prunable[]>();
  for (const one of removed) {
    const key = `${one.run ?? ""} ${one.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  if (groups.size === 0) return [];
  return tableLines(
    [left("run"), left("what"), right("files"), right("size")],
    [...groups.values()].map((files) => [
      files[0]!.run ?? "beside the runs",
      files[0]!.kind,
      String(files.length),
      formatBytes(bytesOf(files)),
    ]),
  );
}

function bytesOf(files: readonly Prunable[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
