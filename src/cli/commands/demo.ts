import { fileURLToPath } from "node:url";
import { loadConfiguration } from "../../configuration/load.js";
import type { Device } from "../../onnx/devices.js";
import { nodeDevice } from "../../onnx/node.js";
import { createRunNamedAfter, listRuns, openRunForWriting, type Run } from "../../runs/run.js";
import { choice, text } from "../../settings/index.js";
import { aboutRun, runFinder } from "../../training/about-run.js";
import { type Experiment, prepareExperiment } from "../../training/experiment.js";
import { defineCommand } from "../command/define.js";
import { force } from "../command/groups.js";
import { EXIT_CODES } from "../exit-codes.js";
import { formatDuration } from "../format.js";
import { claimOutput, printLine } from "../output.js";
import { analyse, labOf, labSetting, loadRuns, writePage } from "../run-page.js";
import { deviceOfRun, train } from "../run-training.js";
import { training } from "../training-session.js";

/** The wide channel and the narrow one, in nats. */
const CAPACITIES = [10, 0.3] as const;

const QUICK = "../../../configs/geometry-of-efficient-codes/baseline-quick.yaml";

/** What each preset trains: a configuration, and what is changed in it. */
const PRESETS = {
  tiny: {
    file: QUICK,
    changes: [
      "data.corridors.samples=2000",
      "objective.schedule.warmup=30",
      "objective.schedule.quarteredUntil=15",
      "training.epochs=2",
    ],
  },
  quick: { file: QUICK, changes: [] },
  paper: { file: "../../../configs/geometry-of-efficient-codes/baseline.yaml", changes: [] },
} as const;

export default defineCommand({
  settings: {
    preset: choice(["tiny", "quick", "paper"], { about: "how much to train", default: "quick" }),
    out: text({ about: "the page to write", placeholder: "file", default: "report.html" }),
    ...labSetting,
    ...force,
    ...training,
  },
  details: `
tiny: 1,700 training images and 2 epochs, some seconds, to see that everything works here; quick: 34,000 training images and
3 epochs, about a minute; paper: the full recipe, 170,000 images and 6 epochs.
A demo that was stopped continues where it was; what is finished is not trained again.`,
  examples: [
    "narrows demo",
    "narrows demo --preset tiny",
    "narrows demo --preset paper --threads 2 --out baseline.html",
  ],
  async run({ preset, out, force, ...options }, context) {
    claimOutput(out, force);
    const lab = labOf(options);
    const begun = performance.now();
    const note = (line: string) => (options.json ? undefined : printLine(line));
    const names: string[] = [];
    for (const capacity of CAPACITIES) {
      const { file, changes } = PRESETS[preset];
      const { configuration } = loadConfiguration(fileURLToPath(new URL(file, import.meta.url)), [
        ...changes,
        `objective.capacity=${capacity}`,
        `name=demo-${preset}`,
      ]);
      const found = runFinder(listRuns(options.runs))(configuration);
      if (found?.manifest.status === "finished") {
        note(`${found.name}: already trained`);
        names.push(found.name);
        continue;
      }
      const experiment = prepareExperiment(configuration);
      const device = found
        ? await deviceOfRun(found, options)
        : await nodeDevice(options.device, options.threads);
      const run = found
        ? openRunForWriting(options.runs, found.name).run
        : newRun(options.runs, experiment, device, `demo-${preset}-c${capacity}`);
      note(`${run.name}: training through ${capacity} nats`);
      const code = await train(run, experiment, device, options);
      if (code !== EXIT_CODES.done) return code;
      names.push(run.name);
    }
    note("drawing the page");
    const device = await nodeDevice(options.device, options.threads);
    const runs = loadRuns(names, options);
    await writePage(out, await analyse(runs, device, context), device, {
      ...lab,
      subtitle: `The Corridors images through ${CAPACITIES.join(" and through ")} nats`,
      facts: [{ name: "Preset", value: preset }],
      command: `narrows demo --preset ${preset}`,
    });
    const seconds = (performance.now() - begun) / 1000;
    return {
      json: { out, runs: names, seconds },
      text: [`done in ${formatDuration(seconds)}; open ${out} in a browser`],
    };
  },
});

function newRun(root: string, experiment: Experiment, device: Device, name: string): Run {
  return createRunNamedAfter(root, name, aboutRun(experiment, device.name, device.threads));
}
