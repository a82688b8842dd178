/** Processor time of training steps, as measured on two cores of an AMD EPYC (docs/speed.md), a thread each. */
import type { TrainingLength } from "./recipe.js";

/** Processor time of a step of a model: batches of 128 as published, and of 64 in a quick training. */
export const MODEL_STEP_MS: Readonly<Record<TrainingLength, number>> = { published: 10.6, quick: 7.3 };

/** Time of a step of four classifiers on a code against one of a model, as measured. */
export const FROZEN_SHARE = 0.2;
