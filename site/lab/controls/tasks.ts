/** The paper's tasks in words, and the class of each stimulus. */
import { NAMED_RULES } from "../../../src/data/label-rules/index.js";

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
