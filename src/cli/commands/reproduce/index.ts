import { PAPERS, type PaperEntry } from "../../../papers/index.js";
import type { CommandEntry, CommandGroup } from "../../command/tree.js";

/** `narrows reproduce PAPER`: every paper is the same command with settings of its own. */
export const reproduce: CommandGroup = {
  about: "train all models of a paper, draw its figures, and check its statements",
  commands: Object.fromEntries(Object.entries(PAPERS).map(([name, paper]) => [name, entryOf(paper)])),
};

function entryOf({ about, load }: PaperEntry): CommandEntry {
  return {
    about,
    async load() {
      const [{ reproduceCommand }, paper] = await Promise.all([import("./paper.js"), load()]);
      return { default: reproduceCommand(paper) };
    },
  };
}
