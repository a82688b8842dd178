import { renameRun } from "../../runs/rename.js";
import { runName, text } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { RUN, runFolder } from "../command/groups.js";

export default defineCommand({
  arguments: {
    run: runName({ about: RUN, required: true }),
    name: text({ about: "the new name", required: true }),
  },
  settings: runFolder,
  details: `
Sweeps, reproductions and demo find a run by its configuration, whatever its name: they reuse it after this too. Reports and
figures that were written before keep the old name. A run that is being trained keeps its name until it ends.`,
  examples: ["narrows rename baseline-c10-s0 wide", "narrows rename runs/baseline-c0.3-s0 narrow --json"],
  async run({ run, name, runs }) {
    const { path } = renameRun(runs, run, name);
    return { json: { run: name, path }, text: [`${name}: ${path}`] };
  },
});
