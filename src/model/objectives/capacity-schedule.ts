import * as z from "zod";
import type { ScheduleProgress } from "../parts.js";

/** How long something lasts: a number of units, or a share of all that are planned, such as `40%` (rule S12). */
export const durationSchema = z.union(
  [z.number().nonnegative(), z.string().regex(/^(100|\d{1,2})(\.\d+)?%$/)],
  { error: "Give a number of units, or a share of the planned ones such as 40%" },
);

export type Duration = z.output<typeof durationSchema>;

/** A duration in units. */
function unitsOf(duration: Duration, planned: number): number {
  return typeof duration === "number" ? duration : (Number.parseFloat(duration) / 100) * planned;
}

/** How the target rate rises (rules S1 to S4). */
export const capacityScheduleSchema = z.strictObject({
  unit: z
    .enum(["step", "epoch"])
    .default("step")
    .describe("what is counted: loss evaluations one by one, or whole epochs"),
  warmup: durationSchema
    .default("40%")
    .describe(
      "units until the target reaches the capacity, or their share of the planned ones; 0 holds it there from the start",
    ),
  quarteredUntil: z
    .number()
    .nonnegative()
    .default(0)
    .describe("units during which the rising target is divided by four, as the authors' code does"),
  countEvaluations: z
    .boolean()
    .default(false)
    .describe(
      "counts evaluation batches as steps too, as the authors' code does; its two sanity batches included",
    ),
});

export type CapacitySchedule = z.output<typeof capacityScheduleSchema>;

/** Evaluation batches that the authors' framework runs before the first step. */
const SANITY_EVALUATIONS = 2;

/**
 * The target C in nats at a point of training (rule S1): n counts the units begun, this one included;
 * C = min(capacity, capacity * n / warmup), divided by 4 while n < quarteredUntil.
 */
export function targetRateNats(
  capacityNats: number,
  schedule: CapacitySchedule,
  progress: ScheduleProgress,
): number {
  const n = unitsBegun(schedule, progress);
  const { totalSteps, totalEpochs, scheduledSteps = totalSteps } = progress;
  const planned = schedule.unit === "step" ? scheduledSteps : (totalEpochs * scheduledSteps) / totalSteps;
  const warmup = unitsOf(schedule.warmup, planned);
  const risen = warmup === 0 ? capacityNats : Math.min(capacityNats, (capacityNats * n) / warmup);
  return n < schedule.quarteredUntil ? risen / 4 : risen;
}

/** How many units have begun, the present one included (rules S3 and S4). */
export function unitsBegun(
  { unit, countEvaluations }: Pick<CapacitySchedule, "unit" | "countEvaluations">,
  progress: ScheduleProgress,
): number {
  const evaluations = countEvaluations ? progress.evaluations + SANITY_EVALUATIONS : 0;
  return (unit === "step" ? progress.step + evaluations : progress.epoch) + 1;
}
