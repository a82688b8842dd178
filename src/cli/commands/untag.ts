import { removeTag } from "../../runs/tags.js";
import { defineCommand } from "../command/define.js";
import { runFolder } from "../command/groups.js";
import { changeTag, runsThenTag } from "../tag-runs.js";

export default defineCommand({
  arguments: runsThenTag,
  settings: runFolder,
  examples: [
    "narrows untag baseline-c10-s0 paper",
    "narrows untag $(narrows runs --where tag=draft --quiet) draft",
  ],
  run: async ({ names, runs }) => changeTag("untag", runs, names, removeTag),
});
