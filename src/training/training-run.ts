import { UserError } from "../errors.js";
import { HoldLostError } from "../files/hold.js";
import type { Device } from "../onnx/devices.js";
import { writeCheckpoint } from "../runs/checkpoints.js";
import { runSums } from "../runs/integrity.js";
import { runLayout } from "../runs/layout.js";
import { updateManifest } from "../runs/manifest.js";
import { type Metrics, openMetrics, truncateMetricsAfter } from "../runs/metrics.js";
import { newestForTraining } from "../runs/newest.js";
import { closeRun, type Run } from "../runs/run.js";
import { keptSummary } from "../runs/summary.js";
import { withSeal } from "../runs/sums.js";
import { openTensorBoard } from "../runs/tensorboard.js";
import { arithmeticChange } from "./arithmetic.js";
import { checkpointContent, stateFromCheckpoint } from "./checkpoint-content.js";
import type { Evaluation } from "./evaluate.js";
import type { Experiment } from "./experiment.js";
import { onnxFiles } from "./export.js";
import { aboutExport } from "./export-metadata.js";
import { flatMetrics } from "./flat-metrics.js";
import { readInitialWeights } from "./initial-weights.js";
import { type LoopListener, trainLoop } from "./loop.js";
import { planTraining } from "./schedule.js";
import { freshState, type TrainingState } from "./state.js";
import { Trainer } from "./trainer.js";

/** How a training in a run's folder ended. */
export interface TrainingOutcome {
  readonly finished: boolean;
  /** Steps made before this process. */
  readonly from: number;
  /** Steps made in all. */
  readonly step: number;
  /** The last evaluation made by this process. */
  readonly evaluation: Evaluation | undefined;
}

/**
 * Trains in the folder of a run that this process holds: from its newest checkpoint, or from the start where there is
 * none, to the end of the plan or until the listener stops it. Everything is kept there: lines, checkpoints, and in
 * the end the model's parts as ONNX. The hold on the run ends with it.
 * @throws TrainingFailure when the numbers go bad, UserError when the disk is full; the run then says `failed` and why.
 * HoldLostError where another process has taken the run over.
 */
export async function trainInRun(
  run: Run,
  experiment: Experiment,
  device: Device,
  listener: LoopListener = {},
): Promise<TrainingOutcome> {
  const files = runLayout(run.path);
  const { configuration, model, layout, split } = experiment;
  const { checkpoint } = newestForTraining(run);
  const given = checkpoint ? undefined : stateFromFile(run, experiment);
  const plan = planTraining(split.train.count, configuration.training);
  const begun = performance.now();
  const before = run.manifest.wallTimeSeconds;
  const from = checkpoint?.step ?? 0;
  // Where nothing is left to train, the manifest still says when, how long and on what it was trained.
  const wasTrained = run.manifest.status === "finished" && from >= plan.totalSteps;
  const wallTime = () => (wasTrained ? {} : { wallTimeSeconds: before + (performance.now() - begun) / 1000 });
  const change = arithmeticChange(run.manifest, from, plan.totalSteps);
  const sums = runSums(run.path, run.manifest, checkpoint);
  updateManifest(run.path, {
    status: "running",
    reason: undefined,
    ...(!wasTrained && {
      startedAt: new Date().toISOString(),
      device: device.name,
      threads: device.threads,
    }),
    parameterCount: layout.size,
    totalSteps: plan.totalSteps,
    totalEpochs: Math.ceil(plan.totalSteps / plan.stepsPerEpoch),
    integrity: sums.begun,
    ...(change && { arithmeticChanges: [...(run.manifest.arithmeticChanges ?? []), change] }),
  });
  // Whatever was logged after the checkpoint will be logged again, word for word.
  truncateMetricsAfter(files.metrics, from);
  const log = openMetrics(files.metrics);
  const board = openTensorBoard(run.path, checkpoint?.step);
  const record = (
    split: string,
    at: { step: number; epoch: number },
    values: Record<string, number>,
    words: Record<string, string> = {},
  ) => {
    const line: Metrics = { ...at, split, ...values, ...words };
    log.append(line);
    const named = Object.entries(values).map(([name, value]) => [`${split}/${name}`, value] as const);
    board.scalars(at.step, Object.fromEntries(named));
  };
  const save = (state: TrainingState) => {
    log.sync();
    const content = withSeal(checkpointContent(state, layout), sums.seal(log.sum()));
    writeCheckpoint(files.checkpoints, state.step, content);
    sums.note(board.path, board.sum());
    updateManifest(run.path, { ...wallTime(), integrity: sums.at(state.step, log.sum()) });
  };
  const state = checkpoint ? stateFromCheckpoint(checkpoint, layout) : given;
  const { seed, optimizer } = configuration;
  const { batchSize, lastBatchGradient } = configuration.training;
  const fullBatch = lastBatchGradient === "proportional" ? batchSize : undefined;
  const trainer = new Trainer(model, device, { seed, optimizer, fullBatch }, state);
  let evaluation: Evaluation | undefined;
  try {
    if (!checkpoint) save(trainer.state);
    const finished = await trainLoop(trainer, split, { seed, optimizer, ...configuration.training }, device, {
      ...listener,
      onLog(line) {
        const { step, epoch, ...values } = line;
        record("train", { step, epoch }, flatMetrics(values));
        listener.onLog?.(line);
      },
      onEvaluation(made, at) {
        evaluation = made;
        const { rateEstimator } = made;
        record("validation", at, flatMetrics(made), rateEstimator && { rateEstimator });
        listener.onEvaluation?.(made, at);
      },
      onSnapshot(reached) {
        const content = withSeal(checkpointContent(reached, layout, ["parameters"]), sums.seal(log.sum()));
        writeCheckpoint(files.snapshots, reached.step, content, Number.POSITIVE_INFINITY);
        sums.noteSnapshot(reached.step);
        listener.onSnapshot?.(reached);
      },
      onCheckpoint(reached) {
        save(reached);
        listener.onCheckpoint?.(reached);
      },
    });
    if (finished) {
      const { parameters, step } = trainer.state;
      sums.writeFiles(onnxFiles(model, layout, parameters, aboutExport(experiment, step)));
    }
    const status = finished ? "finished" : "interrupted";
    const finishedAt = wasTrained ? run.manifest.finishedAt : new Date().toISOString();
    const ended = finished ? { finishedAt } : { reason: "stopped by the user" };
    sums.note(board.path, board.sum());
    const integrity = { ...sums.at(trainer.state.step, log.sum()), complete: true };
    updateManifest(run.path, { status, ...ended, ...wallTime(), integrity });
    return { finished, from, step: trainer.state.step, evaluation };
  } catch (error) {
    // What it has lost is for the other process to report on.
    if (!(error instanceof HoldLostError)) noteFailure(run, error, wallTime());
    throw error;
  } finally {
    log.close();
    board.close();
    await trainer.release();
    keepSummaryOf(run);
    closeRun(run);
  }
}

/**
 * The state before the first step where the initial weights come from a file.
 * @throws UserError when the file is not that of the run's manifest.
 */
function stateFromFile({ path, manifest }: Run, experiment: Experiment): TrainingState | undefined {
  const initial = readInitialWeights(experiment);
  if (!initial) return undefined;
  const recorded = manifest.initialWeights?.sha256;
  if (recorded === undefined || recorded === initial.sha256) return freshState(initial.parameters);
  throw new UserError({
    where: path,
    what: `the initial weights in ${initial.file} are not those it was made with (their checksum differs)`,
    remedy: "Put the old file back, or start a new run",
  });
}

/** Writes why a run failed into its manifest; on a full disk that may fail too, and then the first reason counts. */
function noteFailure(run: Run, error: unknown, wallTime: { wallTimeSeconds?: number }): void {
  const reason = error instanceof Error ? error.message : String(error);
  try {
    updateManifest(run.path, { status: "failed", reason, ...wallTime });
  } catch (second) {
    if (error instanceof Error && error.cause === undefined) error.cause = second;
  }
}

/** For the list of all runs; a disk that is full now makes it later. */
function keepSummaryOf({ path }: Run): void {
  try {
    keptSummary(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}
