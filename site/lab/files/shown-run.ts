import type { ImageTable } from "../../../src/data/dataset.js";
import { UserError } from "../../../src/errors.js";
import { type Experiment, FIRST_EXPERIMENT } from "../../../src/lab/experiment.js";
import { experimentOf, isOfTheLab } from "../../../src/lab/experiment-of.js";
import type { Device } from "../../../src/onnx/devices.js";
import { stateFromCheckpoint } from "../../../src/training/checkpoint-content.js";
import type { Snapshot } from "../core/contract.js";
import { wholeConfiguration } from "../core/whole-configuration.js";
import { prepareAs } from "../training/prepared.js";
import { Training } from "../training/training.js";
import type { ReadRun } from "./read-run.js";

/** The experiment of a run, and whether the lab can train it further. */
export function experimentIn({ manifest, model }: ReadRun): {
  readonly experiment: Experiment;
  readonly isOfTheLab: boolean;
} {
  const experiment = experimentOf({ ...manifest.configuration, model });
  if (!experiment) return { experiment: FIRST_EXPERIMENT, isOfTheLab: false };
  return { experiment, isOfTheLab: isOfTheLab(manifest.configuration, experiment) };
}

/**
 * The code of a run whose model the lab does not train, of the lab's stimuli.
 * @throws UserError when the checkpoint is of another model.
 */
export async function shownRun(
  run: ReadRun,
  experiment: Experiment,
  device: Device,
  stimuli: ImageTable,
): Promise<Snapshot> {
  const { heads } = run.model;
  if (heads.length > 1) {
    throw new UserError({
      where: run.name,
      what: `it has ${heads.length} classifiers`,
      remedy: "narrows report shows it; the lab shows runs with one at most",
    });
  }
  const like = wholeConfiguration(experiment);
  const { corridors } = run.manifest.configuration.data as unknown as typeof like.data;
  const { samples } = like.data.corridors;
  const data = { corridors: { ...corridors, samples } };
  const prepared = prepareAs(experiment, { ...like, seed: run.manifest.seed ?? 0, data, model: run.model });
  const training = new Training(prepared, device, stateFromCheckpoint(run.checkpoint, prepared.layout));
  try {
    const frame = await training.frame(stimuli);
    const { point } = await training.planePoint();
    return { name: run.name, experiment, frame, plane: point };
  } finally {
    await training.release();
  }
}
