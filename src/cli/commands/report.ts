import { nodeDevice } from "../../onnx/node.js";
import { text, wordsOf } from "../../settings/index.js";
import { commandLine } from "../../shell-words.js";
import { defineCommand } from "../command/define.js";
import { computing, force, runsAndData } from "../command/groups.js";
import { claimOutput } from "../output.js";
import { analyse, labelsSetting, labOf, labSetting, loadRuns, runsArgument, writePage } from "../run-page.js";

const settings = {
  out: text({ about: "file to write the page to", placeholder: "file", default: "report.html" }),
  ...labelsSetting,
  ...labSetting,
  ...force,
  ...runsAndData,
  ...computing,
};

export default defineCommand({
  arguments: runsArgument,
  settings,
  details: "The page holds everything it needs: it can be mailed, and opens without a network.",
  examples: [
    "narrows report baseline-c10-s0 baseline-c0.3-s0 --out squeeze.html",
    "narrows report baseline-c3-s0 --lab https://example.org/lab/",
    "narrows report coloured-c10 coloured-c1 --labels digit,colour",
  ],
  async run({ names, ...options }, context) {
    const { out, force: replace, labels, device: name, threads } = options;
    claimOutput(out, replace);
    const lab = labOf(options);
    const device = await nodeDevice(name, threads);
    const analysis = await analyse(loadRuns(names, options), device, context, { labels });
    await writePage(out, analysis, device, {
      ...lab,
      subtitle: names.join(", "),
      command: commandLine(["narrows", "report", ...names, ...wordsOf(settings, options)]),
    });
    return { json: { out, runs: names }, text: [out] };
  },
});
