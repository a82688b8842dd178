import { repeated, runName, text } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { RUN, runsAndData } from "../command/groups.js";
import { resumeRun } from "../run-training.js";
import { training } from "../training-session.js";

export default defineCommand({
  arguments: { run: runName({ about: RUN, required: true }) },
  settings: {
    set: repeated(text({ about: "" }), {
      about: "training.epochs or training.steps may be raised; any other change is refused",
      placeholder: "key=value",
    }),
    ...training,
    ...runsAndData,
  },
  details: `
A resumed run ends with the same bytes as one that was never stopped, on the same device and number of threads.`,
  examples: ["narrows resume baseline-c10-s0", "narrows resume baseline-c10-s0 --set training.epochs=12"],
  run: ({ run, ...options }) => resumeRun(run, options),
});
