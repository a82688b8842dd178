import { UserError } from "../../errors.js";
import { holdForRemoval, type Removal, removeRun } from "../../runs/remove.js";
import { closeRun } from "../../runs/run.js";
import { flag, repeated, runName } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { RUNS, runFolder } from "../command/groups.js";
import { confirm } from "../confirm.js";
import { EXIT_CODES } from "../exit-codes.js";
import { formatBytes, grouped } from "../format.js";

export default defineCommand({
  arguments: { names: repeated(runName({ about: "" }), { about: RUNS, required: true }) },
  settings: {
    yes: flag({ about: "do not ask", short: "y" }),
    force: flag({
      about: "remove other files in these folders too, which Narrows has not written",
      short: "f",
    }),
    ...runFolder,
  },
  details: `
Only runs are removed, all that are named or none: never one that is being trained, and nothing through a link. This cannot be
undone. Codes that were written from a run stay.`,
  examples: ["narrows rm baseline-c10-s0", "narrows rm $(narrows runs --where status=failed --quiet) --yes"],
  async run({ names, runs, yes, force }) {
    const removals = holdForRemoval(runs, [...new Set(names)]);
    let left: readonly Removal[] = removals;
    try {
      if (!force) for (const removal of removals) refuseOthers(removal);
      if (!yes && !(await confirm(`Remove ${listed(removals)}?`))) {
        return { json: [], text: ["Nothing was removed."], exitCode: EXIT_CODES.failed };
      }
      for (const removal of removals) {
        removeRun(removal);
        left = left.slice(1);
      }
    } finally {
      for (const { run } of left) closeRun(run);
    }
    return {
      json: removals.map(({ run: { name, path }, files, bytes }) => ({ run: name, path, files, bytes })),
      text: removals.map((removal) => `removed ${described(removal)}`),
    };
  },
});

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
