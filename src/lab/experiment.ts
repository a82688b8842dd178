/** What a visitor of the lab chooses, and what is refused of it. */
import * as z from "zod";
import { CORRIDORS_LABELS } from "../data/corridors.js";
import { NAMED_RULES, parseLabelRule } from "../data/label-rules/index.js";
import { UserError } from "../errors.js";

/** Columns of a corridor: each stimulus is a pair of them. */
export const SIDE = 13;
/** Stimuli: every position of the upper corridor with every one of the lower. */
export const CELLS = SIDE * SIDE;
/** The maximum of a frequency that is painted; the frequencies are relative to each other. */
export const MAX_WEIGHT = 35;

export const MAX_CAPACITY_NATS = 12;
export const MAX_DIMENSIONS = 10;

/** The paper's tasks, by the names it gives them. */
export const PAPER_TASKS = Object.keys(NAMED_RULES) as (keyof typeof NAMED_RULES)[];

/** What holds the rate down: a target C in nats, or a price for each nat. */
const limitSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("capacity"), nats: z.number().min(0).max(MAX_CAPACITY_NATS) }),
  z.strictObject({ kind: z.literal("beta"), beta: z.number().min(0).max(100) }),
]);

/** How frequent each stimulus is. */
const frequenciesSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("uniform") }),
  /** The lower corridor is on the left more often (the paper's first bias). */
  z.strictObject({ kind: z.literal("lower") }),
  /** Both corridors are in the same column more often (the paper's second bias). */
  z.strictObject({ kind: z.literal("aligned") }),
  /** Painted: a weight for each stimulus, xU the slow index. */
  z.strictObject({
    kind: z.literal("drawn"),
    weights: z
      .array(z.int().min(0).max(MAX_WEIGHT))
      .length(CELLS)
      .refine((weights) => weights.some((weight) => weight > 0), "every frequency is 0: paint at least one"),
  }),
]);

/** A question about the positions that a classifier answers from the code. */
const taskSchema = z
  .string()
  .max(200)
  .superRefine((task, context) => {
    const problem = problemOfTask(task);
    if (problem) context.addIssue({ code: "custom", message: problem });
  });

export const experimentSchema = z.strictObject({
  limit: limitSchema,
  frequencies: frequenciesSchema,
  /** Undefined: none. A name of {@link PAPER_TASKS}, or a rule over xU and xL. */
  task: taskSchema.optional(),
  channel: z.enum(["gaussian", "echo"]),
  dimensions: z.int().min(1).max(MAX_DIMENSIONS),
  network: z.enum(["small", "paper"]),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1),
});

export type Experiment = z.output<typeof experimentSchema>;
export type Frequencies = Experiment["frequencies"];
export type Limit = Experiment["limit"];

/** What a visitor without a link begins with. */
export const FIRST_EXPERIMENT: Experiment = {
  limit: { kind: "capacity", nats: 3 },
  frequencies: { kind: "uniform" },
  channel: "gaussian",
  dimensions: 5,
  network: "small",
  seed: 0,
};

/** What is wrong with a task, in words; undefined for one that can be learned. */
export function problemOfTask(task: string): string | undefined {
  if (Object.hasOwn(NAMED_RULES, task)) return undefined;
  try {
    const rule = parseLabelRule(task, CORRIDORS_LABELS, "the rule");
    const classes = new Set<number>();
    for (let cell = 0; cell < CELLS; cell++)
      classes.add(rule.evaluate([Math.floor(cell / SIDE), cell % SIDE]));
    if (classes.size < 2) return "every stimulus is in one class: there is nothing to learn";
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${error.problem.what}. ${error.problem.remedy}`;
  }
}

/** Whether the weights of one can be trained on with the settings of the other. */
export function sharesWeights(a: Experiment, b: Experiment): boolean {
  return (
    a.channel === b.channel && a.dimensions === b.dimensions && a.network === b.network && a.seed === b.seed
  );
}

/** The rate that is aimed at, in nats; undefined under a price for the rate. */
export const targetOf = ({ limit }: Experiment): number | undefined =>
  limit.kind === "capacity" ? limit.nats : undefined;
