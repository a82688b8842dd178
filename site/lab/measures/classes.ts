import { CORRIDORS_LABELS } from "../../../src/data/corridors.js";
import { favouredCells } from "../../../src/data/corridors-bias.js";
import { classify, namedRule, parseLabelRule } from "../../../src/data/label-rules/index.js";
import { BIASES } from "../../../src/lab/configuration.js";
import { type Experiment, SIDE } from "../../../src/lab/experiment.js";
import type { Stimuli } from "../core/contract.js";

/** Stimuli in classes. */
export interface Classes {
  /** What sorts them, in words. */
  readonly about: string;
  readonly names: readonly string[];
  /** Class of each stimulus, [count]. */
  readonly of: Uint8Array;
  /** Classes that the experiment makes special: those that occur more often; undefined where none are. */
  readonly favoured: number | undefined;
}

/** What sorts the stimuli of an experiment: its task, else the bias of its images, else groups of neighbouring positions. */
export function classesOf({ task, frequencies }: Experiment, stimuli: Stimuli): Classes {
  if (task !== undefined)
    return { ...classesByRule(task, stimuli), about: `the task ${task}`, favoured: undefined };
  if (frequencies.kind === "lower" || frequencies.kind === "aligned") {
    const rule = favouredCells(BIASES[frequencies.kind], SIDE);
    const classes = classesByRule(rule, stimuli);
    return { ...classes, about: `what the bias favours, ${rule}`, favoured: classes.names.indexOf("yes") };
  }
  const groups = classesByRule("E2M4", stimuli);
  return { ...groups, about: "25 groups of neighbouring positions", favoured: undefined };
}

/** The classes that a task, or a rule over xU and xL, makes of the stimuli, in the order of the rule's values. */
export function classesByRule(task: string, { count, xU, xL }: Stimuli): Pick<Classes, "names" | "of"> {
  const labels = Int32Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? xU : xL)[k >> 1]!);
  const rule = parseLabelRule(namedRule(task), CORRIDORS_LABELS, "classes");
  const { classes, classOf } = classify(rule, labels, CORRIDORS_LABELS.length);
  const isYesOrNo = classes.every((value) => value === 0 || value === 1);
  return {
    names: classes.map((value) => (isYesOrNo ? ["no", "yes"][value]! : String(value))),
    of: Uint8Array.from(classOf),
  };
}
