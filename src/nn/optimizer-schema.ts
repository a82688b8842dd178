import * as z from "zod";
import { EPSILON_FORMS } from "./adam.js";
import { constantRate, exponentialRate, heldThenLinearRate, linearRate, type Progress } from "./schedules.js";

/** How the learning rate changes during training. */
const rateScheduleSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("constant") }),
  /** Times `factor` after each epoch. */
  z.strictObject({ type: z.literal("exponential"), factor: z.number().positive().default(0.9) }),
  /** In a straight line to `finalFactor` times the rate at the last step. */
  z.strictObject({ type: z.literal("linear"), finalFactor: z.number().nonnegative().default(0) }),
  /** As it is for the first `hold` of the epochs, then in a straight line to 0, epoch by epoch. */
  z.strictObject({
    type: z.literal("hold-then-linear"),
    hold: z.number().min(0).lt(1).default(0.5),
    turned: z.boolean().default(false),
  }),
]);

/** The optimizer of a configuration: Adam, with PyTorch's names (rule A1) and a rate that stays. */
export const optimizerSchema = z.strictObject({
  type: z.literal("adam").default("adam"),
  learningRate: z.number().positive().default(5e-4),
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-8),
  // Not written where it is not said, so that configurations stay what they were.
  epsilonForm: z
    .enum(EPSILON_FORMS)
    .optional()
    .describe(
      "whether epsilon is added after the correction of the squares' mean (pytorch, the default) or before it (keras), where it weighs more in the first steps",
    ),
  weightDecay: z.number().nonnegative().default(0),
  decoupledWeightDecay: z
    .boolean()
    .default(false)
    .describe("takes the decay off the parameters directly (AdamW) instead of adding it to the gradient"),
  clipNorm: z
    .number()
    .positive()
    .optional()
    .describe(
      "gradient clipping: the largest norm of the gradient over all parameters (rule A9); no clipping by default",
    ),
  schedule: rateScheduleSchema.prefault({ type: "constant" }),
});

/** Settings of the optimizer and of its learning rate as validated. */
export type OptimizerSettings = z.output<typeof optimizerSchema>;

/**
 * The learning rate of validated settings, as a function of progress (rules S5, S6, S7 and S11).
 * @param settings as {@link optimizerSchema} gives them.
 */
export function learningRateSchedule({
  learningRate,
  schedule,
}: OptimizerSettings): (progress: Progress) => number {
  switch (schedule.type) {
    case "constant":
      return constantRate(learningRate);
    case "exponential":
      return exponentialRate(learningRate, schedule.factor);
    case "linear":
      return linearRate(learningRate, schedule.finalFactor);
    case "hold-then-linear":
      return heldThenLinearRate(learningRate, schedule.hold, schedule.turned);
  }
}
