import { relative, resolve } from "node:path";
import { listCheckpoints } from "../runs/checkpoints.js";
import { runLayout } from "../runs/layout.js";
import type { Run } from "../runs/run.js";
import { shellWord } from "../shell-words.js";

/** A purpose, and a command that can be copied. */
export type NextCommand = readonly [purpose: string, command: string];

/**
 * What can be done with a run as it stands: every command works for it when it is copied, in this folder and in this order.
 * @param root The folder of runs that was given.
 */
export function nextCommands(run: Run, root: string): NextCommand[] {
  const { name, manifest } = run;
  const isUnderRoot = resolve(root, name) === run.path;
  const runsOption = isUnderRoot && root !== "runs" ? ` --runs ${shellWord(root)}` : "";
  const asked = `${shellWord(isUnderRoot ? name : relative("", run.path))}${runsOption}`;
  const isBusy = manifest.status === "running";
  const canResume = manifest.status !== "finished" && !isBusy && manifest.importedFrom === undefined;
  const resume: NextCommand[] = canResume ? [["continue", `narrows resume ${asked}`]] : [];
  // Before the first checkpoint there is nothing to evaluate.
  if (listCheckpoints(runLayout(run.path).checkpoints).length === 0) return resume;
  // A classifier has no codes to measure and to draw.
  if (typeOf(manifest.configuration.model) === "classifier") {
    return [...resume, ["evaluate", `narrows evaluate ${asked}`]];
  }
  const archive = shellWord(`${name}.npz`);
  return [
    ...resume,
    ["evaluate", `narrows evaluate ${asked} --out ${archive}`],
    ["measure", `narrows measure pca --codes ${archive}:mean`],
    ["draw", `narrows report ${asked} --out ${shellWord(`${name}.html`)}`],
  ];
}

function typeOf(model: unknown): unknown {
  return (model as { readonly type?: unknown } | null | undefined)?.type;
}
