import type { ImageTable } from "../data/dataset.js";
import type { Trainable } from "../model/trainable.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers } from "../onnx/session.js";
import { type EvaluationOf, evaluateTable } from "./evaluate.js";
import type { Experiment } from "./experiment.js";
import { planTraining, progressOf } from "./schedule.js";
import type { TrainingState } from "./state.js";
import { Trainer } from "./trainer.js";

/**
 * Evaluates the parameters of a run on a table, judged by the target of the last step made (rule R3).
 * @param run experiment and state, as `loadTrainedRun` gives them.
 * @param device where it is evaluated.
 * @param table by default the run's own validation images.
 * @param onBatch hears after each batch how many of how many are done.
 * @param onImages as {@link evaluateTable}.
 * @returns as {@link evaluateTable}.
 * @throws UserError when there are no images.
 */
export async function evaluateRun<Kind extends Trainable>(
  { experiment, state }: { readonly experiment: Experiment<Kind>; readonly state: TrainingState },
  device: Device,
  table: ImageTable = experiment.split.validation,
  onBatch?: (done: number, of: number) => void,
  onImages?: (images: Buffers) => void,
): Promise<EvaluationOf<Kind>> {
  const { seed, optimizer, training } = experiment.configuration;
  const trainer = new Trainer(experiment.model, device, { seed, optimizer }, state);
  const plan = planTraining(experiment.split.train.count, training);
  const progress = progressOf({ ...state, step: Math.max(0, state.step - 1) }, plan);
  try {
    const made = await evaluateTable(trainer, table, training, progress, onBatch, onImages);
    // An autoencoder measures all of its metric names.
    return made as EvaluationOf<Kind>;
  } finally {
    await trainer.release();
  }
}
