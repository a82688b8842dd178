import { addTag } from "../../runs/tags.js";
import { defineCommand } from "../command/define.js";
import { runFolder } from "../command/groups.js";
import { changeTag, runsThenTag } from "../tag-runs.js";

export default defineCommand({
  arguments: runsThenTag,
  settings: runFolder,
  details: `
A tag is one word. It can be given while a run is trained, and moves with the run's folder.`,
  examples: ["narrows tag baseline-c10-s0 baseline-c0.3-s0 paper", "narrows runs --where tag=paper"],
  run: async ({ names, runs }) => changeTag("tag", runs, names, addTag),
});
