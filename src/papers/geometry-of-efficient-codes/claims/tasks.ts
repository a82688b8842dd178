/** What the paper says of classifiers (Fig. 6): on frozen codes, learnt with the code, all at once, and on codes of other tasks. */

import type { ClaimNumber } from "../../../reproduction/statements/claim.js";
import {
  claimNumber,
  maxPlace,
  minPlace,
  nats,
  type Place,
} from "../../../reproduction/statements/numbers.js";
import { mean } from "../../../statistics.js";
import { CAPACITIES_NATS } from "../models.js";
import { publishedF1, publishedFrozenF1 } from "../published.js";
import { F1_REFERENCES } from "../theory.js";
import type { CheckedStatement } from "./claim.js";
import type { View } from "./view.js";

const UNIT = "F1, mean over batches of 32";
const TASK_NAMES = ["E2M1", "E2M2", "E2M3", "E2M4"] as const;
type TaskName = (typeof TASK_NAMES)[number];

const FROM_ONE_NAT = CAPACITIES_NATS.filter((capacity) => capacity >= 1);
/** Below this a classifier has learnt nothing: "no" to everything gives 0. */
const UNSOLVED = 0.05;

/** The F1 of the model that has this task alone, at a capacity. */
function joint(view: View, task: TaskName, capacityNats: number): number {
  return view.jointF1(task, task, capacityNats);
}

function jointNumber(view: View, task: TaskName, capacityNats: number): ClaimNumber {
  return number(
    `${task} at ${nats(capacityNats)}`,
    joint(view, task, capacityNats),
    publishedF1(task, task, capacityNats),
  );
}

function number(label: string, value: number, published: number | undefined): ClaimNumber {
  return { label, value, unit: UNIT, ...(published === undefined ? {} : { published }) };
}

/** All pairs of a model of one task and another task. */
const transfers = TASK_NAMES.flatMap((model) =>
  TASK_NAMES.filter((task) => task !== model).map((task) => ({ model, task })),
);

export const TASK_STATEMENTS: readonly CheckedStatement[] = [
  {
    id: "e2m3-unsolvable-frozen",
    statement:
      "Whether the corridors are aligned (E2M3) cannot be read linearly from the Baseline's code, at any capacity.",
    rule: `A classifier for E2M3 on the frozen code of the Baseline has F1 below ${UNSOLVED} at all five capacities.`,
    check: (view) => ({
      holds: CAPACITIES_NATS.every((capacity) => view.frozenF1("Baseline", "E2M3", capacity) < UNSOLVED),
      numbers: CAPACITIES_NATS.map((capacity) =>
        number(
          `E2M3 on the Baseline at ${nats(capacity)}`,
          view.frozenF1("Baseline", "E2M3", capacity),
          publishedFrozenF1("Baseline", "E2M3", capacity),
        ),
      ),
    }),
  },
  {
    id: "e2m3-solved-jointly",
    statement: "Learnt together with the code, E2M3 is solved from 1 nat on.",
    rule: `The F1 of E2M3 is above 0.75 at 1, 3, 6 and 10 nats; a perfect classifier would have ${F1_REFERENCES.perfectE2M3}.`,
    check: (view) => ({
      holds: FROM_ONE_NAT.every((capacity) => joint(view, "E2M3", capacity) > 0.75),
      numbers: FROM_ONE_NAT.map((capacity) => jointNumber(view, "E2M3", capacity)),
    }),
  },
  {
    id: "e2m1-e2m2-solved-jointly",
    statement: "Learnt together with the code, E2M1 and E2M2 are solved almost perfectly from 1 nat on.",
    rule: "The F1 of E2M1 and of E2M2 is above 0.97 at 1, 3, 6 and 10 nats.",
    check: (view) => {
      const tasks = ["E2M1", "E2M2"] as const;
      return {
        holds: tasks.every((task) => FROM_ONE_NAT.every((capacity) => joint(view, task, capacity) > 0.97)),
        numbers: tasks.flatMap((task) => FROM_ONE_NAT.map((capacity) => jointNumber(view, task, capacity))),
      };
    },
  },
  {
    id: "joint-beats-frozen",
    statement:
      "A code that was learnt with a task serves it better than the Baseline's code does, for every task and capacity.",
    rule: "For each of the four tasks at each capacity, F1 learnt jointly is higher than on the frozen code of the Baseline.",
    check: (view) => {
      const margins: Place[] = TASK_NAMES.flatMap((task) =>
        CAPACITIES_NATS.map((capacity) => ({
          where: `${task} at ${nats(capacity)}`,
          value: joint(view, task, capacity) - view.frozenF1("Baseline", task, capacity),
        })),
      );
      return {
        holds: margins.every(({ value }) => value > 0),
        numbers: [
          claimNumber("smallest margin", minPlace(margins), UNIT),
          claimNumber("largest margin", maxPlace(margins), UNIT),
          {
            label: "points of 20 where it holds",
            value: margins.filter(({ value }) => value > 0).length,
          },
        ],
      };
    },
  },
  {
    id: "four-tasks-compete",
    statement:
      "Up to 3 nats, four tasks at once are each learnt less well than alone: they compete for the rate.",
    rule: "At 0.3, 1 and 3 nats, the F1 of each task in E2M5 is lower than in the model that has this task alone.",
    check: (view) => {
      const losses: Place[] = TASK_NAMES.flatMap((task) =>
        ([0.3, 1, 3] as const).map((capacity) => ({
          where: `${task} at ${nats(capacity)}`,
          value: joint(view, task, capacity) - view.jointF1("E2M5", task, capacity),
        })),
      );
      return {
        holds: losses.every(({ value }) => value > 0),
        numbers: [
          claimNumber("smallest loss", minPlace(losses), UNIT),
          claimNumber("largest loss", maxPlace(losses), UNIT),
          {
            label: "points of 12 where it holds",
            value: losses.filter(({ value }) => value > 0).length,
          },
        ],
      };
    },
  },
  {
    id: "e2m3-waits-among-four",
    statement: "Among four tasks E2M3 is given up at 0.3 and 1 nats, and is learnt from 3 nats on.",
    rule: `In E2M5 the F1 of E2M3 is below ${UNSOLVED} at 0.3 and 1 nats, and above 0.5 at 3, 6 and 10.`,
    check: (view) => ({
      holds: CAPACITIES_NATS.every((capacity) => {
        const f1 = view.jointF1("E2M5", "E2M3", capacity);
        return capacity < 3 ? f1 < UNSOLVED : f1 > 0.5;
      }),
      numbers: CAPACITIES_NATS.map((capacity) =>
        number(
          `E2M3 in E2M5 at ${nats(capacity)}`,
          view.jointF1("E2M5", "E2M3", capacity),
          publishedF1("E2M5", "E2M3", capacity),
        ),
      ),
    }),
  },
  {
    id: "transfer-is-lower",
    statement:
      "A code that was learnt with one task serves another less well than a code of that other task.",
    rule: "For each of the twelve pairs of a model of one task and another task, the mean over the five capacities of F1 on its frozen code is lower than that of the model that was trained with that task.",
    check: (view) => {
      const pairs = transfers.map(({ model, task }) => {
        const losses = CAPACITIES_NATS.map(
          (capacity) => joint(view, task, capacity) - view.frozenF1(model, task, capacity),
        );
        return { where: `${task} on the code of ${model}`, value: mean(losses), losses };
      });
      const points = pairs.flatMap(({ losses }) => losses);
      return {
        holds: pairs.every(({ value }) => value > 0),
        numbers: [
          claimNumber("smallest mean loss", minPlace(pairs), UNIT),
          claimNumber("largest mean loss", maxPlace(pairs), UNIT),
          // In the paper E2M4 is read from the code of E2M3 at 10 nats better than it was learnt.
          {
            label: "points of 60 that are lower",
            value: points.filter((loss) => loss > 0).length,
            published: publishedTransfersLower(),
          },
        ],
      };
    },
  },
  {
    id: "e2m3-does-not-transfer",
    statement: "No code of another task lets E2M3 be read.",
    rule: `On the frozen codes of E2M1, E2M2 and E2M4, the F1 of E2M3 is below ${UNSOLVED} at all five capacities.`,
    check: (view) => {
      const found: Place[] = transfers
        .filter(({ task }) => task === "E2M3")
        .flatMap(({ model, task }) =>
          CAPACITIES_NATS.map((capacity) => ({
            where: `on the code of ${model} at ${nats(capacity)}`,
            value: view.frozenF1(model, task, capacity),
          })),
        );
      return {
        holds: found.every(({ value }) => value < UNSOLVED),
        numbers: [{ ...claimNumber("highest F1", maxPlace(found), UNIT), published: 0 }],
      };
    },
  },
];

function publishedTransfersLower(): number {
  return transfers
    .flatMap(({ model, task }) =>
      CAPACITIES_NATS.map(
        (capacity) => publishedFrozenF1(model, task, capacity)! < publishedF1(task, task, capacity)!,
      ),
    )
    .filter(Boolean).length;
}
