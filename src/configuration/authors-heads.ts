import { type HeadSettings, headSchema } from "../model/heads/index.js";

// The classifiers of the published code of "The geometry of efficient codes", which numbers its tasks.

/** Two linear layers, whose product is linear. */
const LINEAR = { slope: 1, dropout: 0, severalClasses: false };
/** A hidden layer with a leaky rectifier and dropout, for more than two classes. */
const LEAKY = { slope: 0.2, dropout: 0.25, severalClasses: true };

/** The tasks in the order of their numbers there: the head's name here, its label rule (D14), its network. */
const TASKS = [
  { name: "E2M4", task: "E2M4", units: 1500, ...LEAKY },
  { name: "E2M3", task: "E2M3", units: 1024, ...LINEAR },
  { name: "E2M1", task: "E2M1", units: 1024, ...LINEAR },
  { name: "E2M2", task: "E2M2", units: 1024, ...LINEAR },
  // A class for each pair of columns; BetaVAE_MultiCLF alone has it, and the paper does not use it.
  { name: "cells", task: "13 * xU + xL", units: 2500, ...LEAKY },
] as const;

/** The largest number of a task. */
export const LAST_TASK = TASKS.length - 1;

/** Of the labels behind the pixels in the authors' files: the columns of the upper and the lower corridor. */
export const AUTHORS_LABELS: readonly string[] = ["xU", "xL"];

/**
 * How a head's weight grows: `delayed` in the code as published (S10, tasks of many classes count ten times),
 * `immediate` in that of April 2023, which the published joint trainings come from (S9).
 */
export const AUTHORS_SCHEDULES = ["delayed", "immediate"] as const;
export type AuthorsSchedule = (typeof AUTHORS_SCHEDULES)[number];

/**
 * The head that the authors' code has for a task: several classes through a leaky rectifier and dropout into a double
 * softmax (L7), two classes through two linear layers.
 * @param number 0 to {@link LAST_TASK}.
 * @param schedule `constant` for LatentClassifier, whose weight is 1 throughout.
 * @param warmup Its `Capacity_max_iter`; evaluations are counted, as that code does.
 */
export function authorsHead(
  number: number,
  schedule: AuthorsSchedule | "constant",
  warmup?: number,
): HeadSettings {
  const { name, task, severalClasses, ...hidden } = TASKS[number]!;
  return headSchema.parse({
    name,
    task,
    network: { type: "hidden", ...hidden },
    loss: severalClasses ? "double-softmax" : "cross-entropy",
    factor: severalClasses && schedule === "delayed" ? 10 : 1,
    weight: schedule === "constant" ? { type: schedule } : { type: schedule, warmup, countEvaluations: true },
  });
}
