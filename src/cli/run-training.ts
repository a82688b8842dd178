import { compareConfigurations, showDifference } from "../configuration/compare.js";
import { overrideConfiguration } from "../configuration/load.js";
import type { Configuration } from "../configuration/schema.js";
import { UserError } from "../errors.js";
import { HoldLostError } from "../files/hold.js";
import { isAutoencoder } from "../model/kinds.js";
import type { Device } from "../onnx/devices.js";
import { nodeDevice } from "../onnx/node.js";
import { latestCheckpoint } from "../runs/checkpoints.js";
import { runLayout } from "../runs/layout.js";
import { updateManifest } from "../runs/manifest.js";
import type { Manifest } from "../runs/manifest-text.js";
import {
  closeRun,
  createRun,
  createRunNamedAfter,
  openRun,
  openRunForWriting,
  type Run,
} from "../runs/run.js";
import { LENGTH_KEYS } from "../runs/sums.js";
import { aboutRun, plain } from "../training/about-run.js";
import { arithmeticChange, describeArithmeticChange } from "../training/arithmetic.js";
import type { Evaluation } from "../training/evaluate.js";
import { type Experiment, prepareExperiment } from "../training/experiment.js";
import { predictTraining } from "../training/forecast.js";
import {
  endOf,
  lengthOf,
  type PlannedLength,
  plannedLength,
  settingsForSteps,
  unreachedSteps,
} from "../training/length.js";
import { TrainingFailure } from "../training/loop.js";
import { configurationOfRun, experimentOfRun, type OpenOptions } from "../training/trained-run.js";
import { trainInRun } from "../training/training-run.js";
import { rateVerdict } from "../training/verdict.js";
import { EXIT_CODES } from "./exit-codes.js";
import { formatDuration } from "./format.js";
import { printJson, printLine, printNote, warn } from "./output.js";
import { evaluationLine, trainingProgress } from "./progress/training-progress.js";
import { splitLine } from "./split-line.js";
import { beginTraining, type Training } from "./training-session.js";

/** Makes a new run and trains in it; returns the exit code. */
export async function startRun(
  configuration: Configuration,
  warnings: readonly string[],
  options: Training & {
    readonly json: boolean;
    readonly run?: string;
    readonly assumptions?: readonly string[];
  },
): Promise<number> {
  for (const warning of warnings) warn(warning);
  const experiment = prepareExperiment(configuration);
  for (const warning of experiment.warnings) warn(warning);
  reportForecast(experiment, options);
  const device = await nodeDevice(options.device, options.threads);
  const about = aboutRun(experiment, device.name, device.threads);
  const run = options.run
    ? createRun(options.runs, options.run, about)
    : createRunNamedAfter(options.runs, runName(experiment), about);
  if (!options.json) {
    if (about.split) printNote(`${run.name}: ${splitLine(about.split)}`);
    const { assumptions = [] } = options;
    if (assumptions.length > 0) printNote(`${run.name}: by default: ${assumptions.join("; ")}`);
  }
  return train(run, experiment, device, options);
}

/** Continues a run; returns the exit code. */
export async function resumeRun(
  name: string,
  options: Training & {
    readonly json: boolean;
    readonly set: readonly string[];
    readonly data?: string | undefined;
  },
): Promise<number> {
  refuseImported(openRun(options.runs, name));
  const { run, warnings } = openRunForWriting(options.runs, name);
  try {
    for (const warning of warnings) warn(warning);
    const { run: changed, experiment } = changeLength(run, options.set, { data: options.data });
    for (const warning of experiment.warnings) warn(warning);
    warnOfArithmetic(changed, experiment);
    return await train(changed, experiment, await deviceOfRun(run, options), options);
  } finally {
    // Where the run is refused, nobody has closed it yet.
    closeRun(run);
  }
}

/** Says where the run continues with steps computed in another way than those before. */
function warnOfArithmetic({ name, path, manifest }: Run, experiment: Experiment): void {
  const { checkpoint } = latestCheckpoint(runLayout(path).checkpoints);
  const change = arithmeticChange(manifest, checkpoint?.step ?? 0, lengthOf(experiment).totalSteps);
  if (change) warn(`${name}: ${describeArithmeticChange(change)}`);
}

function refuseImported({ path, manifest: { importedFrom } }: Run): void {
  if (importedFrom === undefined) return;
  throw new UserError({
    where: path,
    what: `it was imported from ${importedFrom} without the optimizer's state, so its training cannot be continued exactly`,
    remedy: "Evaluate, measure and draw it; to train on, start a new run with narrows train",
  });
}

/** Says before the first step what the rate aims at, and what of it will not be reached. */
function reportForecast(experiment: Experiment, { json }: { readonly json: boolean }): void {
  const { aim, warnings } = predictTraining(experiment);
  if (aim !== undefined && !json) printNote(aim);
  for (const warning of warnings) warn(warning);
}

/** What may be changed on resuming: how long to train. Anything else would make another experiment of it. */
const EXTENSIBLE = LENGTH_KEYS.map((key) => `training.${key}`);

/** What is asked of a run on resuming, checked: nothing is written yet. */
function extendedRecipe(
  run: Run,
  overrides: readonly string[],
): { before: Configuration; after: Configuration } {
  const before = configurationOfRun(run);
  const after = overrideConfiguration(before, overrides);
  const changed = compareConfigurations(before, after).filter(({ key }) => !EXTENSIBLE.includes(key));
  if (changed.length > 0) {
    throw new UserError({
      where: run.path,
      what: `a run keeps its recipe; this would change ${changed.map(showDifference).join(", ")}`,
      remedy: "Start a new run with narrows train, or change training.epochs or training.steps only",
    });
  }
  return { before, after };
}

/**
 * The run and its experiment with the length of its training as asked. What is shared out over the planned steps, as the rise of the
 * target is, keeps the steps it had.
 * @throws UserError when it is shorter than what the run records.
 */
function changeLength(
  run: Run,
  overrides: readonly string[],
  where: Pick<OpenOptions, "data">,
): { run: Run; experiment: Experiment } {
  if (overrides.length === 0) return { run, experiment: experimentOfRun(run, where) };
  const { before, after } = extendedRecipe(run, overrides);
  const experiment = experimentOfRun(run, where);
  if (compareConfigurations(before, after).length === 0) return { run, experiment };
  const images = experiment.split.train.count;
  const [planned, asked] = [plannedLength(images, before.training), plannedLength(images, after.training)];
  if (asked.totalSteps < planned.totalSteps) {
    const epochs = Math.ceil(planned.totalSteps / planned.stepsPerEpoch);
    throw new UserError({
      where: run.path,
      what: `${overrides.join(" ")} ends at step ${asked.totalSteps}, before the ${planned.totalSteps} steps (${epochs} epochs) that the run records; its length may only be raised`,
      remedy: "Give as many or more, or start a new run with narrows train",
    });
  }
  if (asked.totalSteps === planned.totalSteps) {
    throw new UserError({
      where: run.path,
      what: `${overrides.join(" ")} makes it no longer: ${endOf(asked)} ends it at step ${asked.totalSteps}`,
      remedy: `Give ${settingsForSteps(stepsAsked(asked), asked)}`,
    });
  }
  const unreached = unreachedSteps(asked);
  if (unreached !== undefined) warn(`${run.name}: ${unreached}`);
  // All else stays as it is written, so that the checkpoints' sum of the recipe fits: a later version may know more keys.
  const { training, ...recipe } = run.manifest.configuration;
  const { scheduledSteps = planned.totalSteps } = before.training;
  const lasting = Object.entries({ ...(plain(after).training as Manifest["configuration"]), scheduledSteps });
  const lengths = Object.fromEntries(lasting.filter(([key]) => EXTENSIBLE.includes(`training.${key}`)));
  const configuration = { ...recipe, training: { ...(training as Manifest["configuration"]), ...lengths } };
  const changed = { ...run, manifest: updateManifest(run.path, { configuration }) };
  return { run: changed, experiment: experimentOfRun(changed, where) };
}

/** Steps of whichever key asks for more. */
function stepsAsked({ epochs = 0, steps = 0, stepsPerEpoch }: PlannedLength): number {
  return Math.max(epochs * stepsPerEpoch, steps);
}

/** The device asked for, with the threads the run had before where none are asked for: its bytes depend on them. */
export function deviceOfRun(
  { manifest }: Run,
  { device, threads }: Pick<Training, "device" | "threads">,
): Promise<Device> {
  return nodeDevice(device, threads ?? manifest.threads);
}

/** Trains in a run that this process holds and tells how it went. */
export async function train(
  run: Run,
  experiment: Experiment,
  device: Device,
  options: Training & { readonly json: boolean },
): Promise<number> {
  const session = beginTraining(options);
  const progress = trainingProgress({ label: run.name, quiet: options.json });
  const begun = performance.now();
  try {
    const outcome = await trainInRun(run, experiment, device, {
      ...progress.listener,
      shouldStop: session.shouldStop,
    });
    progress.stop();
    const seconds = (performance.now() - begun) / 1000;
    if (options.json) printJson({ run: run.name, path: run.path, ...outcome, seconds });
    else if (outcome.finished && outcome.from === outcome.step) {
      const length = lengthOf(experiment);
      printLine(
        `${run.name}: already finished: ${endOf(length)} ends it at step ${outcome.step}; for more, give ${settingsForSteps(2 * outcome.step, length)}`,
      );
    } else if (outcome.finished) {
      if (outcome.evaluation) printLine(`${run.name}: ${evaluationLine(outcome.evaluation)}`);
      printLine(`${run.name}: finished at step ${outcome.step} in ${formatDuration(seconds)}: ${run.path}`);
      reportVerdict(run.name, experiment, outcome.evaluation);
    } else {
      printLine(`${run.name}: stopped at step ${outcome.step}; continue with "narrows resume ${run.name}"`);
    }
    return outcome.finished ? EXIT_CODES.done : EXIT_CODES.interrupted;
  } catch (error) {
    progress.stop();
    if (error instanceof HoldLostError) printNote(`narrows: ${error.message}`);
    else if (error instanceof TrainingFailure) printNote(`narrows: ${run.path}: ${error.message}`);
    else throw error;
    return EXIT_CODES.failed;
  } finally {
    session.end();
  }
}

/** The last word on a training: the rate beside its target, and what to change. */
function reportVerdict(name: string, experiment: Experiment, evaluation: Evaluation | undefined): void {
  const { model, configuration } = experiment;
  if (!evaluation || !isAutoencoder(model)) return;
  const { aim, warnings } = rateVerdict(evaluation, {
    model: configuration.model,
    length: lengthOf(experiment),
    ...(model.finalTargetRateNats === undefined && {
      criticalPrice: model.objectiveView.criticalPricePerNat,
    }),
  });
  if (aim !== undefined) printLine(`${name}: ${aim}`);
  for (const warning of warnings) warn(`${name}: ${warning}`);
}

/** `baseline-c10-s0`: what a run is called when the user gives no name. */
function runName({ configuration: { name, seed }, model }: Experiment): string {
  const target = model.finalTargetRateNats;
  return `${name}${target === undefined ? "" : `-c${target}`}-s${seed}`;
}
