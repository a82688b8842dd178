import type { Command } from "commander";
import { UserError } from "../../errors.js";
import type { Run } from "../../runs/run.js";
import { jsonOption, runsOption } from "../options.js";
import { printJson, printLine } from "../output.js";

interface TagOptions {
  readonly runs: string;
  readonly json?: boolean;
}

/** `narrows tag RUN... TAG` and `narrows untag RUN... TAG`. */
export function registerTag(program: Command): void {
  define(program, "tag", "give runs a tag, to find them again with runs --where tag=TAG").addHelpText(
    "after",
    `
A tag is one word. It can be given while a run is trained, and moves with the run's folder.

Examples:
  narrows tag baseline-c10-s0 baseline-c0.3-s0 paper
  narrows runs --where tag=paper`,
  );
  define(program, "untag", "take a tag from runs").addHelpText(
    "after",
    `
Examples:
  narrows untag baseline-c10-s0 paper
  narrows untag $(narrows runs --where tag=draft --quiet) draft`,
  );
}

function define(program: Command, verb: "tag" | "untag", about: string): Command {
  return program
    .command(verb)
    .description(about)
    .usage("[options] <run...> <tag>")
    .argument("<names...>", "names of runs, or paths of their folders; then the tag")
    .addOption(runsOption())
    .addOption(jsonOption())
    .action(async (names: string[], { runs: root, json }: TagOptions) => {
      const [{ openRun }, { addTag, removeTag, readTags }] = await Promise.all([
        import("../../runs/run.js"),
        import("../../runs/tags.js"),
      ]);
      const tag = names.at(-1)!;
      const runs = names.slice(0, -1).map((name) => openRun(root, name));
      if (runs.length === 0) {
        throw new UserError({
          where: `narrows ${verb} ${tag}`,
          what: "expected runs and a tag",
          remedy: `Write for example narrows ${verb} ${tag} paper`,
        });
      }
      const change = verb === "tag" ? addTag : removeTag;
      for (const run of runs) change(run, tag);
      const tagged = runs.map((run: Run) => ({ run: run.name, tags: readTags(run.path) }));
      if (json) return printJson(tagged);
      for (const { run, tags } of tagged) printLine(`${run}: ${tags.join(", ") || "no tags"}`);
    });
}
