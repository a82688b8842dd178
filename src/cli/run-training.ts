import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import type { Configuration } from "../configuration/schema.js";
import { nodeDevice } from "../onnx/node.js";
import type { NewManifest } from "../runs/manifest.js";
import { createRun, createRunNamedAfter, openRunForWriting, type Run } from "../runs/run.js";
import { type Experiment, prepareExperiment } from "../training/experiment.js";
import { TrainingFailure } from "../training/failure.js";
import { experimentOfRun } from "../training/trained-run.js";
import { trainInRun } from "../training/training-run.js";
import { EXIT_CODES } from "./exit-codes.js";
import { watchInterrupt } from "./interrupt.js";
import type { DeviceOptions } from "./options.js";
import { printJson, printLine, warn } from "./output.js";
import { formatDuration } from "./progress/duration.js";
import { evaluationLine, trainingProgress } from "./progress/training-progress.js";

/** What starting and resuming have in common. */
export interface TrainingOptions extends DeviceOptions {
  readonly runs: string;
  readonly json?: boolean;
}

/** Makes a new run and trains in it; returns the exit code. */
export async function startRun(
  configuration: Configuration,
  warnings: readonly string[],
  options: TrainingOptions & { readonly run?: string },
): Promise<number> {
  for (const warning of warnings) warn(warning);
  const experiment = prepareExperiment(configuration);
  const device = await nodeDevice(options.device, options.threads);
  const about = aboutRun(experiment, device.name, device.threads);
  const run = options.run
    ? createRun(options.runs, options.run, about)
    : createRunNamedAfter(options.runs, runName(experiment), about);
  return train(run, experiment, options);
}

/** Goes on with a run; returns the exit code. */
export async function resumeRun(
  name: string,
  options: TrainingOptions & { readonly set?: readonly string[] },
): Promise<number> {
  const { run, warnings } = openRunForWriting(options.runs, name);
  for (const warning of warnings) warn(warning);
  return train(run, experimentOfRun(run), options);
}

/** Trains in a run that this process holds and tells how it went. */
export async function train(run: Run, experiment: Experiment, options: TrainingOptions): Promise<number> {
  const device = await nodeDevice(
    options.device,
    options.threads ?? run.manifest.threads ?? availableParallelism(),
  );
  const interrupt = watchInterrupt();
  const progress = trainingProgress({ label: run.name, quiet: options.json ?? false });
  const begun = performance.now();
  try {
    const outcome = await trainInRun(run, experiment, device, {
      ...progress.listener,
      shouldStop: interrupt.requested,
    });
    progress.stop();
    const seconds = (performance.now() - begun) / 1000;
    if (options.json) printJson({ run: run.name, path: run.path, ...outcome, seconds });
    else if (outcome.finished) {
      printLine(
        `${run.name}: ${outcome.evaluation ? evaluationLine(outcome.evaluation) : "already finished"}`,
      );
      printLine(`${run.name}: finished at step ${outcome.step} in ${formatDuration(seconds)}: ${run.path}`);
    } else {
      printLine(`${run.name}: stopped at step ${outcome.step}; go on with "narrows resume ${run.name}"`);
    }
    return outcome.finished ? EXIT_CODES.done : EXIT_CODES.interrupted;
  } catch (error) {
    progress.stop();
    if (!(error instanceof TrainingFailure)) throw error;
    process.stderr.write(`narrows: ${run.path}: ${error.message}\n`);
    return EXIT_CODES.failed;
  } finally {
    interrupt.release();
  }
}

/** `baseline-c10-s0`: what a run is called when the user gives no name. */
function runName({ configuration: { name, seed }, model }: Experiment): string {
  const target = model.objective.finalTargetRateNats;
  return `${name}${target === undefined ? "" : `-c${target}`}-s${seed}`;
}

function aboutRun(
  { configuration, dataset, layout }: Experiment,
  device: string,
  threads: number,
): NewManifest {
  const { name, fingerprint } = dataset;
  return {
    // Through JSON, as the manifest will hold it: keys that are not set fall away.
    configuration: JSON.parse(JSON.stringify(configuration)),
    seed: configuration.seed,
    dataset: { name, fingerprint },
    device,
    threads,
    parameterCount: layout.size,
    versions: versions(),
  };
}

/** Versions of everything that decides the numbers. */
export function versions(): NewManifest["versions"] {
  const require = createRequire(import.meta.url);
  const versionIn = (path: string) => (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  return {
    narrows: versionIn(new URL("../../package.json", import.meta.url).pathname),
    node: process.versions.node,
    onnxruntime: versionIn(require.resolve("onnxruntime-node/package.json")),
    platform: `${process.platform}-${process.arch}`,
  };
}
