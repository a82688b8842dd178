import { refuse } from "../../errors.js";
import { mean } from "../../statistics.js";

/** How well predicted classes agree with the true ones; all from 0 to 1, higher is better. */
export interface ClassScores {
  /** Share of right answers (rule C1). */
  readonly accuracy: number;
  /** F1 over all samples: of class 1 for two classes, the mean over classes for more (rule C2). */
  readonly f1: number;
  /** Mean of the F1 of batches of 32 samples in their order, weighted by their size, as the authors log it (rule C3). */
  readonly f1BatchMean: number;
}

/** Samples in a batch of rule C3. */
const SCORED_BATCH = 32;

/**
 * Scores of predictions against the truth (rules C1 to C3), without a unit, from 0 to 1.
 * @param predicted [N], class indices below `classCount`.
 * @param truth [N], the same of the true classes.
 * @throws UserError for lists of different length or of none, and a class that there is not.
 */
export function classScores(predicted: Uint32Array, truth: Uint32Array, classCount: number): ClassScores {
  const count = truth.length;
  if (predicted.length !== count || count === 0) {
    refuse(
      "class scores",
      `${predicted.length} predictions for ${count} true classes`,
      "Give one for each sample",
    );
  }
  const beyond = [predicted, truth].flatMap((classes) => classes.find((k) => k >= classCount) ?? []).at(0);
  if (beyond !== undefined) {
    refuse("class scores", `class ${beyond} is none of ${classCount}`, "Count classes from 0");
  }
  let right = 0;
  let batchTotal = 0;
  for (let i = 0; i < count; i++) if (predicted[i] === truth[i]) right++;
  for (let start = 0; start < count; start += SCORED_BATCH) {
    const end = Math.min(count, start + SCORED_BATCH);
    batchTotal += f1(predicted.subarray(start, end), truth.subarray(start, end), classCount) * (end - start);
  }
  const all = f1(predicted, truth, classCount);
  return { accuracy: right / count, f1: all, f1BatchMean: batchTotal / count };
}

/**
 * F1 of class 1 for two classes, 0 where it is neither there nor predicted; for more the mean over the classes that are
 * there or predicted.
 */
function f1(predicted: Uint32Array, truth: Uint32Array, classCount: number): number {
  const hits = new Uint32Array(classCount);
  const predictions = new Uint32Array(classCount);
  const occurrences = new Uint32Array(classCount);
  truth.forEach((actual, i) => {
    const answer = predicted[i]!;
    predictions[answer]!++;
    occurrences[actual]!++;
    if (answer === actual) hits[actual]!++;
  });
  const ofClass = (k: number) => {
    const involved = predictions[k]! + occurrences[k]!;
    return involved === 0 ? undefined : (2 * hits[k]!) / involved;
  };
  if (classCount === 2) return ofClass(1) ?? 0;
  return mean(Array.from({ length: classCount }, (_, k) => ofClass(k)).filter((f1) => f1 !== undefined));
}
