import { listCheckpoints, readCheckpoint } from "../runs/checkpoints.js";
import { runLayout } from "../runs/layout.js";
import { stateFromCheckpoint } from "./checkpoint-content.js";
import { planTraining } from "./schedule.js";
import type { TrainedModel } from "./trained-model.js";
import type { TrainedRun } from "./trained-run.js";

/** Parameters that a run has kept from on the way. */
export interface Snapshot {
  /** Epochs done; 0 is the untrained model. */
  readonly epoch: number;
  readonly step: number;
  readonly path: string;
}

/** The snapshots of a run (`training.snapshotEpochs`), in the order of training. */
export function snapshotsOf({ run, experiment }: Pick<TrainedRun, "run" | "experiment">): Snapshot[] {
  const { stepsPerEpoch } = planTraining(experiment.split.train.count, experiment.configuration.training);
  return listCheckpoints(runLayout(run.path).snapshots)
    .map(({ step, path }) => ({ epoch: step / stepsPerEpoch, step, path }))
    .sort((a, b) => a.step - b.step);
}

/**
 * A run's model as it was at a snapshot.
 * @throws UserError when the file is damaged.
 */
export function atSnapshot({ model, layout, seed }: TrainedModel, { path, step }: Snapshot): TrainedModel {
  const { parameters } = stateFromCheckpoint(readCheckpoint(path, step), layout);
  return { model, layout, seed, parameters };
}
