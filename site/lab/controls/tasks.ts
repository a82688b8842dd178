/** The paper's tasks in words, and the class of each stimulus. */
import { CORRIDORS_LABELS } from "../../../src/data/corridors.js";
import { NAMED_RULES, namedRule, parseLabelRule } from "../../../src/data/label-rules/index.js";
import { problemOfTask } from "../core/experiment.js";
import type { StimulusClasses } from "../views/numbers/point-colours.js";

export interface NamedTask {
  readonly name: keyof typeof NAMED_RULES;
  /** The question that the classifier answers. */
  readonly question: string;
  readonly rule: string;
}

const QUESTIONS: Readonly<Record<keyof typeof NAMED_RULES, string>> = {
  E2M1: "Is the upper corridor left of the lower one, or in the same column?",
  E2M2: "Is the upper corridor in columns 0 to 5, or the lower one in columns 6 to 12?",
  E2M3: "Are both corridors in the same column?",
  E2M4: "In which fifth of the width is each corridor? (25 classes)",
};

export const NAMED_TASKS: readonly NamedTask[] = (
  Object.entries(QUESTIONS) as [NamedTask["name"], string][]
).map(([name, question]) => ({ name, question, rule: NAMED_RULES[name] }));

export const isNamedTask = (task: string | undefined): task is NamedTask["name"] =>
  task !== undefined && Object.hasOwn(NAMED_RULES, task);

/** The class of each stimulus, in the order of the rule's values; undefined without a task. */
export function classesOf(
  task: string | undefined,
  stimuli: { readonly count: number; readonly xU: Uint8Array; readonly xL: Uint8Array },
): StimulusClasses | undefined {
  if (task === undefined || problemOfTask(task) !== undefined) return undefined;
  const rule = parseLabelRule(namedRule(task), CORRIDORS_LABELS, "the rule");
  const values = Array.from({ length: stimuli.count }, (_, k) =>
    rule.evaluate([stimuli.xU[k]!, stimuli.xL[k]!]),
  );
  const known = [...new Set(values)].sort((a, b) => a - b);
  const isYesOrNo = known.every((value) => value === 0 || value === 1);
  return {
    names: known.map((value) => (isYesOrNo ? ["no", "yes"][value]! : String(value))),
    of: Uint8Array.from(values, (value) => known.indexOf(value)),
  };
}
