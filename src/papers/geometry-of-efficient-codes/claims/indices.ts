/** The paper's three distortions where it sees them, as verdicts of the table of indices (rules G11 to G15). */
import type { IndexName } from "../indices-table.js";
import type { ClassedModel } from "../panels/classes.js";
import type { CheckedStatement } from "./claim.js";

const RULES: Readonly<Record<IndexName, string>> = {
  prototypization: "G11",
  specialization: "G12",
  orthogonalization: "G13",
};

/** An index that the table must call above 0. */
function significant(
  model: ClassedModel,
  capacityNats: number,
  name: IndexName,
  statement: string,
): CheckedStatement {
  return {
    id: `${model.toLowerCase()}-${name}`,
    statement,
    rule: `At C = ${capacityNats} the ${name} (rule ${RULES[name]}) of ${model} against the Baseline is above 0: in all seeds, adjusted for all indices of the table (rule G15). Of several seeds each by itself counts by its own interval.`,
    check: (view) => {
      const { value, side } = view.index(model, capacityNats, name);
      return {
        holds: side === 1,
        numbers: [{ label: `${name} of ${model} at ${capacityNats} nats`, value, unit: "ln of a ratio" }],
      };
    },
  };
}

const TASK_MODELS = ["E2M1", "E2M2", "E2M3", "E2M4"] as const;

export const INDEX_STATEMENTS: readonly CheckedStatement[] = [
  significant(
    "E1M1",
    0.3,
    "specialization",
    "At 0.3 nats the room that E1M1 gives to frequent stimuli is no chance of the stimuli.",
  ),
  significant(
    "E1M2",
    0.3,
    "specialization",
    "At 0.3 nats the room that E1M2 gives to aligned stimuli is no chance of the stimuli.",
  ),
  ...TASK_MODELS.map((model) =>
    significant(
      model,
      0.3,
      "orthogonalization",
      `At 0.3 nats the code of ${model} aligns with its task: an axis of its own tells the classes apart.`,
    ),
  ),
  ...TASK_MODELS.map((model) =>
    significant(
      model,
      0.3,
      "prototypization",
      `At 0.3 nats the code of ${model} gathers the stimuli of a class at a prototype.`,
    ),
  ),
];
