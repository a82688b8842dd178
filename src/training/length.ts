import * as z from "zod";
import type { Manifest } from "../runs/manifest-text.js";
import type { Experiment } from "./experiment.js";
import { planTraining, type TrainingLength, type TrainingPlan } from "./schedule.js";

/** A plan, with the keys of a configuration that say how long it is. */
export interface PlannedLength extends TrainingPlan, Pick<TrainingLength, "epochs" | "steps"> {}

/** How a number of images is trained on for as long as a configuration says. */
export function plannedLength(images: number, training: TrainingLength): PlannedLength {
  const { epochs, steps } = training;
  return { epochs, steps, ...planTraining(images, training) };
}

/** How long an experiment is trained on its training images. */
export function lengthOf({ split, configuration }: Experiment): PlannedLength {
  return plannedLength(split.train.count, configuration.training);
}

/** Only the keys that count: the schema of whole configurations knows every part, which takes a while to load. */
const lengthSchema = z.object({
  epochs: z.number().optional(),
  steps: z.number().optional(),
  batchSize: z.number(),
  lastBatch: z.enum(["keep", "drop"]).optional(),
});

/** The length of a run by its manifest; undefined for those of earlier versions, which do not say how many rows they have. */
export function recordedLength({ split, configuration }: Manifest): PlannedLength | undefined {
  const { data } = lengthSchema.safeParse(configuration.training);
  return split && data && plannedLength(split.train[1] - split.train[0], data);
}

/** What makes a training as long as that many steps: each key that would end it before, with a value at which it does not. */
export function settingsForSteps(
  wanted: number,
  { epochs, steps, stepsPerEpoch }: Omit<PlannedLength, "totalSteps">,
): string {
  // An error of rounding is no step more.
  const goal = Math.ceil(Number(wanted.toPrecision(12)));
  const isEndedByEpochs = epochs === undefined ? steps === undefined : epochs * stepsPerEpoch < goal;
  return [
    ...(isEndedByEpochs ? [`--set training.epochs=${Math.ceil(goal / stepsPerEpoch)}`] : []),
    ...(steps !== undefined && steps < goal ? [`--set training.steps=${goal}`] : []),
  ].join(" ");
}

/** The key that ends a training, as it was given. */
export function endOf({ epochs, steps, stepsPerEpoch, totalSteps }: PlannedLength): string {
  if (steps === totalSteps) return `training.steps=${steps}`;
  return `training.epochs=${epochs ?? Math.ceil(totalSteps / stepsPerEpoch)}`;
}

/** That epochs end a training before the steps that were asked for as well; undefined where they do not. */
export function unreachedSteps(length: PlannedLength): string | undefined {
  const { steps, totalSteps } = length;
  if (steps === undefined || totalSteps >= steps) return undefined;
  return `${endOf(length)} ends the training at step ${totalSteps}, before training.steps=${steps}; give ${settingsForSteps(steps, length)} for more`;
}
