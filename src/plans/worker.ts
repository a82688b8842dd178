/**
 * A process that trains runs with one thread, one after the other, as its parent orders, and writes in the folder of the present
 * run alone. It dies alone too: whatever happens here costs the other runs nothing.
 */
import { existsSync } from "node:fs";
import { getOrMake } from "../collections.js";
import { writeCodes } from "../data/codes/write.js";
import { loadRemembering } from "../data/sources/index.js";
import { HoldLostError } from "../files/hold.js";
import type { Device, DeviceName } from "../onnx/devices.js";
import { nodeDevice } from "../onnx/node.js";
import { listCheckpoints } from "../runs/checkpoints.js";
import { runLayout } from "../runs/layout.js";
import { closeRun, createRunNamedAfter, openRun, type Run } from "../runs/run.js";
import { aboutRun } from "../training/about-run.js";
import { encodeRun } from "../training/encode-run.js";
import { type Experiment, prepareExperiment } from "../training/experiment.js";
import { predictTraining } from "../training/forecast.js";
import { lengthOf } from "../training/length.js";
import { experimentOfRun, loadTrainedRun } from "../training/trained-run.js";
import { type TrainingOutcome, trainInRun } from "../training/training-run.js";
import { claimRun } from "./claim.js";
import type { CodesOrder, HeldElsewhere, Order, Report, WorkerEnd } from "./messages.js";

/** Processes share the cores, not a process its threads: two of them do more work than one with two. */
const THREADS = 1;
/** Shortest time between two reports of progress. */
const TELL_EVERY_MS = 100;
/** The images of a plan, and a code made of them. */
const REMEMBERED_DATASETS = 2;

/** Data of the latest trainings: those of a plan share theirs, and drawing or reading them takes about a second. */
const load = loadRemembering(REMEMBERED_DATASETS);

/** Devices that were found: looking for a graphics card takes seconds, and trainings follow each other. */
const devices = new Map<DeviceName, Promise<Device>>();

let stopping = false;
const stop = () => {
  stopping = true;
};
// Ctrl-C reaches every process of the terminal; the parent decides what it means.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", stop);
// A parent that is gone cannot order any more: save, and leave.
process.on("disconnect", stop);
process.on("message", (order: Order) => {
  if (order.kind === "train") void obey(order);
  else stop();
  if (order.kind === "leave" && process.connected) process.disconnect();
});

async function obey(order: Extract<Order, { kind: "train" }>): Promise<void> {
  try {
    tell({ kind: "ended", end: await train(order) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell({ kind: "ended", end: { status: "failed", reason } });
  }
}

/** Trains what no other process trains. */
async function train(order: Extract<Order, { kind: "train" }>): Promise<WorkerEnd | HeldElsewhere> {
  const { root, configuration, runName, codes } = order;
  const device = await getOrMake(devices, order.device, () => nodeDevice(order.device, THREADS));
  let prepared: Experiment | undefined;
  const claim = await claimRun(
    root,
    configuration,
    async () => {
      if (codes) await provideCodes(root, codes, device);
      prepared = prepareExperiment(configuration, load);
      return createRunNamedAfter(root, runName, aboutRun(prepared, order.device, device.threads));
    },
    () => !stopping,
  );
  if (!claim) return { status: "interrupted" };
  if (claim.kind === "held") return { status: "held", run: claim.run.name, by: claim.by };
  if (claim.kind === "finished") return { status: "reused", run: claim.run.name };
  const { run } = claim;
  try {
    if (claim.kind === "opened") {
      for (const message of claim.warnings) tell({ kind: "warning", message });
      if (codes) await provideCodes(root, codes, device);
    }
    const { finished } = await trainHere(run, prepared ?? experimentOfRun(run, { load }), device);
    return { status: finished ? "finished" : "interrupted" };
  } catch (error) {
    if (!(error instanceof HoldLostError)) throw error;
    tell({ kind: "warning", message: error.message });
    return { status: "held", run: run.name, by: error.holder };
  } finally {
    // Others wait for it, where it failed before it began.
    closeRun(run);
  }
}

function trainHere(run: Run, experiment: Experiment, device: Device): Promise<TrainingOutcome> {
  const length = lengthOf(experiment);
  const { totalSteps } = length;
  const [newest] = listCheckpoints(runLayout(run.path).checkpoints);
  tell({ kind: "begun", run: run.name, step: newest?.step ?? 0, totalSteps, length });
  if (!newest) for (const message of predictTraining(experiment).warnings) tell({ kind: "warning", message });
  let reportedAt = 0;
  return trainInRun(run, experiment, device, {
    onStep({ step }, _, { headLosses, ...measures }) {
      const now = performance.now();
      if (step < totalSteps && now - reportedAt < TELL_EVERY_MS) return;
      reportedAt = now;
      tell({ kind: "progress", step, totalSteps, ...measures });
    },
    onEvaluation: (evaluation, at) => tell({ kind: "evaluation", evaluation, ...at }),
    shouldStop: () => stopping,
  });
}

/** Writes the code of a run, unless that was done before. */
async function provideCodes(root: string, { of, file }: CodesOrder, device: Device): Promise<void> {
  if (existsSync(file)) return;
  writeCodes(file, await encodeRun(loadTrainedRun(openRun(root, of), { load }), device));
}

/** Sends a report to the parent, unless it has gone in the meantime. */
function tell(report: Report): void {
  if (process.connected) process.send!(report, () => undefined);
}
