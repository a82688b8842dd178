import * as z from "zod";
import { getOrMake } from "../../collections.js";
import type { Scope } from "../../nn/scope.js";
import { multiply } from "../../tensor/operations/elementwise.js";
import { named, type Tensor } from "../../tensor/tensor.js";
import type { ScheduleProgress } from "../parts.js";
import { crossEntropy, doubleSoftmax } from "./loss.js";
import { headNetwork, headNetworkSchema } from "./network.js";
import { headWeight, headWeightSchema } from "./weight.js";

/** A classifier on the sampled code, as a configuration says it. */
export const headSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z][\w-]*$/, "a name has letters, digits, - and _, and begins with a letter"),
  task: z
    .string()
    .min(1)
    .describe(
      "a rule over the labels of the data (rule D14), such as `xU <= xL`, or the name of one of the paper's tasks",
    ),
  network: headNetworkSchema.prefault({ type: "hidden" }),
  loss: z.enum(["cross-entropy", "double-softmax"]).default("cross-entropy"),
  factor: z.number().nonnegative().default(1).describe("a fixed factor on the head's loss"),
  weight: headWeightSchema.prefault({ type: "constant" }),
});

/** Settings of a head as validated. */
export type HeadSettings = z.output<typeof headSchema>;

/** A head's task on some data: its classes, and the class of each row of labels. */
export interface Task {
  /** Values of the rule, ascending; a condition has 0 and 1. */
  readonly classes: readonly number[];
  /** Index into `classes` for one row of labels. */
  classOf(labels: ArrayLike<number>): number;
}

/** What a head made of a batch. */
export interface HeadPass {
  /** Loss on each image in nats [B], before any weight. */
  readonly losses: Tensor;
  /** [B, outputs], before any squashing. */
  readonly outputs: Tensor;
}

/** A head ready to be built into a program. */
export interface Head {
  readonly name: string;
  readonly task: Task;
  /** Numbers it gives a sample: 1 for two classes, else one a class. */
  readonly outputs: number;
  /** Codes and targets [B, outputs] -> its loss on each image in nats [B], before any weight, and its outputs [B, outputs]. */
  judge(scope: Scope, code: Tensor, targets: Tensor, phase: "training" | "evaluation"): HeadPass;
  /** The mean loss as it adds to the whole: times its factor and its weight, a scalar of the scope. */
  share(scope: Scope, loss: Tensor): Tensor;
  /** The weight at a point of training. */
  weight(progress: ScheduleProgress): number;
  /**
   * Writes the targets of some rows of labels, [rows, outputs].
   * @param labels [N, labelCount], row-major, of all rows.
   */
  fillTargets(labels: ArrayLike<number>, labelCount: number, rows: Uint32Array, into: Float32Array): void;
  /**
   * The class that one row of outputs stands for, as an index into the task's classes.
   * @param outputs [rows, outputs], row-major.
   */
  predict(outputs: Float32Array, row: number): number;
}

/** Heads of validated settings, each for the task that is given under its name. */
export function createHeads(settings: readonly HeadSettings[], tasks: ReadonlyMap<string, Task>): Head[] {
  return settings.map((head) => {
    const task = tasks.get(head.name);
    if (!task) throw new Error(`no task was given for the head ${head.name}`);
    return createHead(head, task);
  });
}

/** A head of validated settings for a task: a classifier of codes [B, D] (rules L5 to L8). */
export function createHead(settings: HeadSettings, task: Task): Head {
  const outputs = task.classes.length === 2 ? 1 : task.classes.length;
  const lossOf = settings.loss === "double-softmax" ? doubleSoftmax : crossEntropy;
  const classes = classesOnce(task);
  return {
    name: settings.name,
    task,
    outputs,
    judge(scope, code, targets, phase) {
      const { name, network } = settings;
      const given = named(headNetwork(scope, code, outputs, network, phase), `${name}.outputs`);
      return { losses: named(lossOf(given, targets), `${name}.losses`), outputs: given };
    },
    share: (scope, loss) => multiply(multiply(loss, settings.factor), scope.scalar("weight")),
    weight: (progress) => headWeight(settings.weight, progress),
    fillTargets(labels, labelCount, rows, into) {
      const classOf = classes(labels, labelCount);
      into.fill(0);
      rows.forEach((row, i) => {
        if (outputs === 1) into[i] = classOf[row]!;
        else into[i * outputs + classOf[row]!] = 1;
      });
    },
    predict(given, row) {
      if (outputs === 1) return given[row]! >= 0 ? 1 : 0;
      const own = given.subarray(row * outputs, (row + 1) * outputs);
      return own.indexOf(Math.max(...own));
    },
  };
}

/** The class of every row of some labels, by the task's rule, which is asked once for all steps of a training. */
function classesOnce(task: Task): (labels: ArrayLike<number>, labelCount: number) => Int32Array {
  const known = new WeakMap<ArrayLike<number>, Int32Array>();
  return (labels, labelCount) => {
    const classOf = (_: unknown, row: number) =>
      task.classOf(Array.from({ length: labelCount }, (_, k) => labels[row * labelCount + k]!));
    const length = labels.length / labelCount;
    return getOrMake(known, labels, () => Int32Array.from({ length }, classOf));
  };
}
