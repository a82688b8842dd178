/** What the paper says of classifiers (Fig. 6): on frozen codes, trained with the code, all at once, and on codes of other tasks. */
import { nats } from "../../../reproduction/statements/numbers.js";
import { CAPACITIES_NATS, type ModelName } from "../recipe.js";
import { F1_REFERENCES } from "../theory.js";
import {
  above,
  alone,
  below,
  checked,
  compared,
  countAbove,
  every,
  largest,
  meanOf,
  minus,
  quantity,
  type StatementRow,
  smallest,
  type Term,
  withPublished,
} from "./terms.js";

const UNIT = "F1, mean over batches of 32";
const TASK_NAMES = ["E2M1", "E2M2", "E2M3", "E2M4"] as const;
type TaskName = (typeof TASK_NAMES)[number];

const FROM_ONE_NAT = CAPACITIES_NATS.filter((capacity) => capacity >= 1);
/** Below this a classifier has learnt nothing: "no" to everything gives 0. */
const UNSOLVED = 0.05;

/** F1 of a task that a model was trained with, by default the model that has this task alone. */
function joint(task: TaskName, capacityNats: number, model: ModelName = task): Term {
  const label = `${task}${model === task ? "" : ` in ${model}`} at ${nats(capacityNats)}`;
  return quantity(label, UNIT, "f1Joint", { model, task, capacityNats });
}

/** F1 of a task on the frozen code of a model. */
function frozen(model: ModelName, task: TaskName, capacityNats: number): Term {
  const whose = model === "Baseline" ? "the Baseline" : `the code of ${model}`;
  const keys = { model, task, capacityNats };
  return quantity(`${task} on ${whose} at ${nats(capacityNats)}`, UNIT, "f1Frozen", keys);
}

const jointMargins = TASK_NAMES.flatMap((task) =>
  CAPACITIES_NATS.map((capacity) => {
    const own = joint(task, capacity);
    return minus(own.label, own, frozen("Baseline", task, capacity));
  }),
);

const lossesAmongFour = TASK_NAMES.flatMap((task) =>
  [0.3, 1, 3].map((capacity) => {
    const own = joint(task, capacity);
    return minus(own.label, own, joint(task, capacity, "E2M5"));
  }),
);

/** For each pair of a model of one task and another task, what is lost at each capacity. */
const transferLosses = TASK_NAMES.flatMap((model) =>
  TASK_NAMES.filter((task) => task !== model).map((task) =>
    CAPACITIES_NATS.map((capacity) =>
      minus(`${task} on the code of ${model}`, joint(task, capacity), frozen(model, task, capacity)),
    ),
  ),
);
const meanTransferLosses = transferLosses.map((losses) => meanOf(losses[0]!.label, losses));

const e2m3Transferred = TASK_NAMES.filter((model) => model !== "E2M3").flatMap((model) =>
  CAPACITIES_NATS.map((capacity) => ({
    ...frozen(model, "E2M3", capacity),
    label: `on the code of ${model} at ${nats(capacity)}`,
  })),
);

const ROWS: readonly StatementRow[] = [
  {
    id: "e2m3-unsolvable-frozen",
    place: "Fig. 6A",
    statement:
      "Whether the corridors are aligned (E2M3) cannot be read linearly from the Baseline's code, at any capacity.",
    rule: `A classifier for E2M3 on the frozen code of the Baseline has F1 below ${UNSOLVED} at all five capacities.`,
    terms: CAPACITIES_NATS.map((capacity) => frozen("Baseline", "E2M3", capacity)),
    holds: every(below(UNSOLVED)),
  },
  {
    id: "e2m3-solved-jointly",
    place: "Fig. 6B",
    statement: "Trained together with the code, E2M3 is solved from 1 nat on.",
    rule: `The F1 of E2M3 is above 0.75 at 1, 3, 6 and 10 nats; a perfect classifier would have ${F1_REFERENCES.perfectE2M3}.`,
    terms: FROM_ONE_NAT.map((capacity) => joint("E2M3", capacity)),
    holds: every(above(0.75)),
  },
  {
    id: "e2m1-e2m2-solved-jointly",
    place: "Fig. 6B",
    statement: "Trained together with the code, E2M1 and E2M2 are solved almost perfectly from 1 nat on.",
    rule: "The F1 of E2M1 and of E2M2 is above 0.97 at 1, 3, 6 and 10 nats.",
    terms: (["E2M1", "E2M2"] as const).flatMap((task) =>
      FROM_ONE_NAT.map((capacity) => joint(task, capacity)),
    ),
    holds: every(above(0.97)),
  },
  {
    id: "joint-beats-frozen",
    place: "Fig. 6A and 6B",
    statement:
      "A code that was trained with a task serves it better than the Baseline's code does, for every task and capacity.",
    rule: "For each of the four tasks at each capacity, F1 trained jointly is higher than on the frozen code of the Baseline.",
    terms: jointMargins,
    holds: every(above(0)),
    show: [
      smallest("smallest margin", jointMargins),
      largest("largest margin", jointMargins),
      alone(countAbove("points of 20 where it holds", 0, jointMargins)),
    ],
  },
  {
    id: "four-tasks-compete",
    place: "Fig. 6B and 6C",
    statement:
      "Up to 3 nats, four tasks at once are each learnt less well than alone: they compete for the rate.",
    rule: "At 0.3, 1 and 3 nats, the F1 of each task in E2M5 is lower than in the model that has this task alone.",
    terms: lossesAmongFour,
    holds: every(above(0)),
    show: [
      smallest("smallest loss", lossesAmongFour),
      largest("largest loss", lossesAmongFour),
      alone(countAbove("points of 12 where it holds", 0, lossesAmongFour)),
    ],
  },
  {
    id: "e2m3-waits-among-four",
    place: "Fig. 6C",
    statement: "Among four tasks E2M3 is given up at 0.3 and 1 nats, and is learnt from 3 nats on.",
    rule: `In E2M5 the F1 of E2M3 is below ${UNSOLVED} at 0.3 and 1 nats, and above 0.5 at 3, 6 and 10.`,
    terms: CAPACITIES_NATS.map((capacity) => joint("E2M3", capacity, "E2M5")),
    holds: (values) =>
      CAPACITIES_NATS.every((capacity, k) => (capacity < 3 ? values[k]! < UNSOLVED : values[k]! > 0.5)),
  },
  {
    id: "transfer-is-lower",
    place: "Fig. 6B and 6D",
    statement:
      "A code that was trained with one task serves another less well than a code of that other task.",
    rule: "For each of the twelve pairs of a model of one task and another task, the mean over the five capacities of F1 on its frozen code is lower than that of the model that was trained with that task.",
    terms: meanTransferLosses,
    holds: every(above(0)),
    show: [
      smallest("smallest mean loss", meanTransferLosses),
      largest("largest mean loss", meanTransferLosses),
      // In the paper E2M4 is read from the code of E2M3 at 10 nats better than it was learnt.
      compared(countAbove("points of 60 that are lower", 0, transferLosses.flat())),
    ],
  },
  {
    id: "e2m3-does-not-transfer",
    place: "Fig. 6D",
    statement: "No code of another task lets E2M3 be read.",
    rule: `On the frozen codes of E2M1, E2M2 and E2M4, the F1 of E2M3 is below ${UNSOLVED} at all five capacities.`,
    terms: e2m3Transferred,
    holds: every(below(UNSOLVED)),
    show: [withPublished(largest("highest F1", e2m3Transferred))],
  },
];

export const TASK_STATEMENTS = ROWS.map(checked);
