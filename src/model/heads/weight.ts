import * as z from "zod";
import { unitsBegun } from "../objectives/capacity-schedule.js";
import type { ScheduleProgress } from "../parts.js";

const counted = {
  warmup: z.number().positive().default(2500).describe("steps until the weight is whole"),
  countEvaluations: z.boolean().default(false),
};

/** How a head's share of the loss grows (rules S8 to S10). */
export const headWeightSchema = z.discriminatedUnion("type", [
  /** Whole from the first step on. */
  z.strictObject({ type: z.literal("constant") }),
  /** Grows from the first step on, divided by four at first. */
  z.strictObject({
    type: z.literal("immediate"),
    ...counted,
    quarteredUntil: z.number().nonnegative().default(1500),
  }),
  /** Nothing during the first `warmup` steps, growing during as many more. */
  z.strictObject({ type: z.literal("delayed"), ...counted }),
]);

/** The share at a point of training, from 0 to 1. */
export function headWeight(settings: z.output<typeof headWeightSchema>, progress: ScheduleProgress): number {
  if (settings.type === "constant") return 1;
  const { warmup, countEvaluations } = settings;
  const n = unitsBegun({ unit: "step", countEvaluations }, progress);
  if (settings.type === "delayed") return Math.min(1, Math.max(0, (n - warmup) / warmup));
  const grown = Math.min(1, n / warmup);
  return n < settings.quarteredUntil ? grown / 4 : grown;
}
