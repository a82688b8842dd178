import { CORRIDORS_LABELS } from "../../../src/data/corridors.js";
import { favouredCells } from "../../../src/data/corridors-bias.js";
import { classify, NAMED_RULES, namedRule, parseLabelRule } from "../../../src/data/label-rules/index.js";
import { BIASES } from "../core/configuration.js";
import type { Stimuli } from "../core/contract.js";
import { type Experiment, SIDE } from "../core/experiment.js";

/** Stimuli in classes. */
export interface Classes {
  /** What sorts them, in words. */
  readonly about: string;
  readonly names: readonly string[];
  /** Class of each stimulus, [count]. */
  readonly of: Int32Array;
  /** Classes that the experiment makes special: those that occur more often; undefined where none are. */
  readonly favoured: number | undefined;
}

/** What sorts the stimuli of an experiment: its task, else the bias of its images, else groups of neighbouring positions. */
export function classesOf({ task, frequencies }: Experiment, { count, xU, xL }: Stimuli): Classes {
  const biased = frequencies.kind === "lower" || frequencies.kind === "aligned";
  const rule = task ?? (biased ? favouredCells(BIASES[frequencies.kind], SIDE) : NAMED_RULES.E2M4);
  const labels = Int32Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? xU : xL)[k >> 1]!);
  const parsed = parseLabelRule(namedRule(rule), CORRIDORS_LABELS, "classes");
  const { classes, classOf } = classify(parsed, labels, CORRIDORS_LABELS.length);
  const isYesNo = classes.length === 2 && classes[0] === 0 && classes[1] === 1;
  const about =
    task !== undefined
      ? `the task ${task}`
      : biased
        ? `what the bias favours, ${rule}`
        : "25 groups of neighbouring positions";
  return {
    about,
    names: isYesNo ? ["no", "yes"] : classes.map(String),
    of: Int32Array.from(classOf),
    favoured: task === undefined && biased ? classes.indexOf(1) : undefined,
  };
}
