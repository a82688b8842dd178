import { UserError } from "../errors.js";
import { openRun, type Run } from "../runs/run.js";
import { readTags } from "../runs/tags.js";
import { repeated, runName } from "../settings/index.js";
import type { Outcome } from "./command/define.js";
import { RUNS } from "./command/groups.js";

/** The argument of tag and untag. */
export const runsThenTag = {
  names: repeated(runName({ about: "" }), {
    about: `${RUNS}; then the tag`,
    required: true,
    placeholder: "run",
  }),
};

/**
 * Changes a tag of runs: the last name is the tag.
 * @throws UserError where no run is named.
 */
export function changeTag(
  verb: string,
  root: string,
  names: readonly string[],
  change: (run: Run, tag: string) => void,
): Outcome {
  const tag = names.at(-1)!;
  const runs = names.slice(0, -1).map((name) => openRun(root, name));
  if (runs.length === 0) {
    throw new UserError({
      where: `narrows ${verb} ${tag}`,
      what: "expected runs and a tag",
      remedy: `Write for example narrows ${verb} ${tag} paper`,
    });
  }
  for (const run of runs) change(run, tag);
  const tagged = runs.map((run) => ({ run: run.name, tags: readTags(run.path) }));
  return { json: tagged, text: tagged.map(({ run, tags }) => `${run}: ${tags.join(", ") || "no tags"}`) };
}
