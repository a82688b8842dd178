import { UserError } from "../errors.js";
import { checkpointPath, listCheckpoints, readCheckpoint } from "../runs/checkpoints.js";
import { runLayout } from "../runs/layout.js";
import { requireRecipe } from "../runs/newest.js";
import { recipeSum } from "../runs/sums.js";
import { stateFromCheckpoint } from "./checkpoint-content.js";
import { planTraining } from "./schedule.js";
import type { TrainedModel } from "./state.js";
import type { TrainedRun } from "./trained-run.js";

/** Parameters that a run has kept from on the way. */
export interface Snapshot {
  /** Epochs done; 0 is the untrained model. */
  readonly epoch: number;
  /** Training steps made. */
  readonly step: number;
  /** Its file. */
  readonly path: string;
  /** Checksum of the run's recipe. */
  readonly recipe: string;
}

/**
 * The snapshots of a run (`training.snapshotEpochs`), in the order of training.
 * @param trained the run.
 * @throws UserError when one is missing that was written.
 */
export function snapshotsOf({ run, experiment }: Pick<TrainedRun, "run" | "experiment">): Snapshot[] {
  const { stepsPerEpoch } = planTraining(experiment.split.train.count, experiment.configuration.training);
  const { snapshots } = runLayout(run.path);
  const there = listCheckpoints(snapshots);
  const missing = run.manifest.integrity?.snapshots.find((step) => !there.some((one) => one.step === step));
  if (missing !== undefined) {
    throw new UserError({
      where: checkpointPath(snapshots, missing),
      what: "the snapshot is missing",
      remedy: `Restore it from a copy, or continue without it: "narrows check ${run.path} --accept"`,
    });
  }
  const recipe = recipeSum(run.manifest.configuration);
  return there
    .map(({ step, path }) => ({ epoch: step / stepsPerEpoch, step, path, recipe }))
    .sort((a, b) => a.step - b.step);
}

/**
 * A run's model as it was at a snapshot.
 * @param trained the run's model.
 * @param snapshot one of {@link snapshotsOf}.
 * @throws UserError when the file is damaged, or of another run.
 */
export function atSnapshot(
  { model, layout, seed }: TrainedModel,
  { path, step, recipe }: Snapshot,
): TrainedModel {
  const checkpoint = readCheckpoint(path, step);
  requireRecipe(checkpoint, recipe);
  const { parameters } = stateFromCheckpoint(checkpoint, layout);
  return { model, layout, seed, parameters };
}
