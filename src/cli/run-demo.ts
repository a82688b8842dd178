import { fileURLToPath } from "node:url";
import { loadConfiguration } from "../configuration/load.js";
import type { Device } from "../onnx/devices.js";
import { nodeDevice } from "../onnx/node.js";
import { createRunNamedAfter, listRuns, openRunForWriting, type Run } from "../runs/run.js";
import { aboutRun, findRun } from "../training/about-run.js";
import { type Experiment, prepareExperiment } from "../training/experiment.js";
import { EXIT_CODES } from "./exit-codes.js";
import { printLine } from "./output.js";
import { formatDuration } from "./progress/duration.js";
import { analyse, loadRuns, writePage } from "./run-page.js";
import { deviceOfRun, type TrainingOptions, train } from "./run-training.js";

/** The wide channel and the narrow one, in nats. */
const CAPACITIES = [10, 0.3] as const;

const CONFIGURATIONS = {
  quick: "../../configs/geometry-of-efficient-codes/baseline-quick.yaml",
  paper: "../../configs/geometry-of-efficient-codes/baseline.yaml",
} as const;

/** Trains what is not trained yet, and writes the page; returns the exit code. */
export async function runDemo(
  options: Omit<TrainingOptions, "json"> & {
    readonly preset: keyof typeof CONFIGURATIONS;
    readonly out: string;
  },
): Promise<number> {
  const begun = performance.now();
  const names: string[] = [];
  for (const capacity of CAPACITIES) {
    const path = fileURLToPath(new URL(CONFIGURATIONS[options.preset], import.meta.url));
    const { configuration } = loadConfiguration(path, [
      `objective.capacity=${capacity}`,
      `name=demo-${options.preset}`,
    ]);
    const found = findRun(listRuns(options.runs), configuration);
    if (found?.manifest.status === "finished") {
      printLine(`${found.name}: already trained`);
      names.push(found.name);
      continue;
    }
    const experiment = prepareExperiment(configuration);
    const device = found
      ? await deviceOfRun(found, options)
      : await nodeDevice(options.device, options.threads);
    const run = found
      ? openRunForWriting(options.runs, found.name).run
      : newRun(options.runs, experiment, device, `demo-${options.preset}-c${capacity}`);
    printLine(`${run.name}: training through ${capacity} nats`);
    const code = await train(run, experiment, device);
    if (code !== EXIT_CODES.done) return code;
    names.push(run.name);
  }
  printLine("drawing the page");
  const device = await nodeDevice(options.device, options.threads);
  const runs = loadRuns(options.runs, names as [string, ...string[]]);
  await writePage(options.out, await analyse(runs, device), device, {
    subtitle: `The Corridors images through ${CAPACITIES.join(" and through ")} nats`,
    facts: [{ name: "Preset", value: options.preset }],
    command: `narrows demo --preset ${options.preset}`,
  });
  printLine(
    `done in ${formatDuration((performance.now() - begun) / 1000)}; open ${options.out} in a browser`,
  );
  return EXIT_CODES.done;
}

function newRun(root: string, experiment: Experiment, device: Device, name: string): Run {
  return createRunNamedAfter(root, name, aboutRun(experiment, device.name, device.threads));
}
