import { argv } from "node:process";
import { latestCheckpoint, writeCheckpoint } from "../../src/runs/checkpoints.js";
import { runLayout } from "../../src/runs/layout.js";
import { updateManifest } from "../../src/runs/manifest.js";
import { openMetrics, truncateMetricsAfter } from "../../src/runs/metrics.js";
import { closeRun, createRun, listRuns, openRunForWriting } from "../../src/runs/run.js";
import { openTensorBoard } from "../../src/runs/tensorboard.js";

const STEPS = 300;
const STEPS_A_CHECKPOINT = 7;

/** Does to a run's folder what training does, begun anew or resumed: a running sum stands for the parameters. */
export function standInTraining(root: string, name: string): void {
  const isNew = !listRuns(root).some((run) => run.name === name);
  const about = { configuration: {}, versions: { narrows: "", node: "", onnxruntime: "", platform: "" } };
  const run = isNew ? createRun(root, name, about) : openRunForWriting(root, name).run;
  const { checkpoints, metrics } = runLayout(run.path);
  updateManifest(run.path, { status: "running" });
  const { checkpoint } = latestCheckpoint(checkpoints);
  const begin = checkpoint?.step ?? 0;
  const parameters = Float64Array.from(checkpoint?.tensors.get("parameters")?.data ?? Array(5000).fill(0));
  truncateMetricsAfter(metrics, begin);
  const log = openMetrics(metrics);
  const board = openTensorBoard(run.path, isNew ? undefined : begin);
  for (let step = begin + 1; step <= STEPS; step++) {
    for (let i = 0; i < parameters.length; i++) parameters[i] = parameters[i]! * 0.9 + step / (i + 1);
    log.append({ step, epoch: 0, split: "train", rateNats: parameters[0]! });
    board.scalars(step, { "train/rateNats": parameters[0]! });
    if (step % STEPS_A_CHECKPOINT && step < STEPS) continue;
    log.sync();
    const tensors = new Map([["parameters", { shape: [parameters.length], data: parameters }]]);
    writeCheckpoint(checkpoints, step, { tensors, metadata: {} });
  }
  log.close();
  board.close();
  updateManifest(run.path, { status: "finished" });
  closeRun(run);
}

const [, script, root, name] = argv;
if (script?.endsWith("stand-in-training.mjs")) standInTraining(root!, name!);
