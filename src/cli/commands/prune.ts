import { type Prunable, type Pruned, pruneRuns } from "../../runs/prune.js";
import { flag, repeated, runName } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { RUNS, runFolder } from "../command/groups.js";
import { formatBytes } from "../format.js";
import { warn } from "../output.js";
import { left, right, tableLines } from "../table.js";

export default defineCommand({
  arguments: { names: repeated(runName({ about: "" }), { about: `${RUNS}; by default all` }) },
  settings: {
    dryRun: flag({ about: "show what would be removed, and remove nothing" }),
    snapshots: flag({ about: "remove the snapshots too, which measure layers needs to follow training" }),
    ...runFolder,
  },
  details: `
Every run keeps its newest whole checkpoint: it is evaluated, drawn and resumed as before. Runs that are being trained are left
alone.`,
  examples: [
    "narrows prune --dry-run",
    "narrows prune baseline-c10-s0 --snapshots",
    "narrows prune --runs /data/runs --json",
  ],
  async run({ names, runs, dryRun, snapshots }) {
    const pruned = pruneRuns(runs, { snapshots, isDryRun: dryRun, ...(names.length > 0 && { names }) });
    const bytes = bytesOf(pruned.removed);
    for (const { run, reason } of pruned.skipped) warn(`${run}: ${reason}; left alone`);
    return {
      json: { dryRun, bytes, ...pruned },
      text: [...pruneLines(pruned), `${dryRun ? "would free" : "freed"} ${formatBytes(bytes)}`],
    };
  },
});

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
