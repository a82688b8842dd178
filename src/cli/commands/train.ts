import { loadConfiguration } from "../../configuration/load.js";
import { withForeignCodes } from "../../import/foreign-codes.js";
import { nodeDevice } from "../../onnx/node.js";
import { text } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";
import { configuring } from "../command/groups.js";
import { partsHelp } from "../describe-parts.js";
import { printNote } from "../output.js";
import { batchProgress } from "../progress/batch-progress.js";
import { startRun } from "../run-training.js";
import { training } from "../training-session.js";

export default defineCommand({
  arguments: { config: text({ about: "a YAML file, ours or one of the authors'", required: true }) },
  settings: {
    ...configuring,
    run: text({ about: "name of the run", placeholder: "name", defaultText: "made from the configuration" }),
    ...training,
  },
  details: (words) =>
    [
      'Ctrl-C saves a checkpoint and exits with 130; "narrows resume NAME" continues from there.',
      ...partsHelp(words),
    ].join("\n"),
  examples: [
    "narrows train configs/geometry-of-efficient-codes/baseline.yaml",
    "narrows train configs/geometry-of-efficient-codes/baseline.yaml --set objective.capacity=0.3 --run squeezed",
    "narrows train my.yaml --set seed=1 --set training.epochs=2 --threads 1 --json",
    "narrows train my.yaml --with my-channel.ts --set channel.type=my-channel",
  ],
  async run({ config, set, with: files, preset, ...options }) {
    const { runs, device, threads, json } = options;
    const progress = batchProgress(json);
    const overrides = await withForeignCodes(config, set, {
      runs,
      openDevice: () => nodeDevice(device, threads),
      onBatch: (done, of) => progress.update("encoding", done, of),
      onWritten: (line) => (json ? undefined : printNote(line)),
    }).finally(() => progress.stop());
    const { configuration, warnings, assumptions } = loadConfiguration(config, overrides, preset, { files });
    return startRun(configuration, warnings, { ...options, assumptions });
  },
});
