import { UserError } from "../../errors.js";
import { acceptRun } from "../../runs/accept.js";
import { checkRun } from "../../runs/check.js";
import { listRuns, openRun } from "../../runs/run.js";
import { flag, repeated, runName } from "../../settings/index.js";
import { defineCommand, type Outcome } from "../command/define.js";
import { RUNS, runFolder } from "../command/groups.js";
import { EXIT_CODES } from "../exit-codes.js";

export default defineCommand({
  arguments: { names: repeated(runName({ about: "" }), { about: `${RUNS}; by default all` }) },
  settings: {
    accept: flag({ about: "accept the files of the runs named as they are now, and renew their checksums" }),
    ...runFolder,
  },
  details: `
Metrics, manifest and checkpoints are compared whenever a command reads them; this reads all, models and TensorBoard files too.
--accept is for a manifest that you changed on purpose, such as the path of data that have moved, and for files that are lost
for good: damaged checkpoints are renamed, damaged lines of metrics are cut out.
Exit codes: 0 all is as it was written; 2 something is missing, damaged or changed, one line each.`,
  examples: ["narrows check", "narrows check baseline-c10-s0", "narrows check baseline-c10-s0 --accept"],
  async run({ names, accept, runs }) {
    return accept ? acceptAll(runs, names) : checkAll(runs, names);
  },
});

function checkAll(root: string, names: readonly string[]): Outcome {
  const listings = names.length > 0 ? names.map((name) => openRun(root, name)) : listRuns(root);
  const checked = listings.map((listing) =>
    "unreadable" in listing
      ? { run: listing.name, problems: [`${listing.path}: ${listing.unreadable}`], sound: 0, hasSums: false }
      : { run: listing.name, ...checkRun(listing) },
  );
  return {
    json: checked,
    text: checked.flatMap(({ run, problems, sound, hasSums }) => [
      ...problems,
      problems.length > 0
        ? `${run}: ${problems.length} of its files do not fit`
        : hasSums
          ? `${run}: all ${sound} files are as they were written`
          : `${run}: its checkpoints are whole; it has no other checksums (an earlier version wrote it, or it has not begun)`,
    ]),
    exitCode: checked.some(({ problems }) => problems.length > 0) ? EXIT_CODES.badInput : EXIT_CODES.done,
  };
}

function acceptAll(root: string, names: readonly string[]): Outcome {
  if (names.length === 0) {
    throw new UserError({
      where: "--accept",
      what: "it needs the names of runs, and there is none",
      remedy: "Name a run: narrows check RUN --accept",
    });
  }
  const accepted = names.map((name) => ({ run: name, changes: acceptRun(root, name) }));
  return { json: accepted, text: accepted.flatMap(({ changes }) => changes) };
}
