import { z } from "zod";
import { abs, add, multiply, subtract } from "../../tensor/operations/elementwise.js";
import { mean } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { Objective } from "../parts.js";
import { capacityScheduleSchema, targetRateNats } from "./capacity-schedule.js";

/**
 * mean distortion + gamma * rateWeight * distance of the rate from a rising target C (rules O2 and O3; Burgess et al.
 * 2018, and "The geometry of efficient codes", spec section 5).
 */
export const capacityObjective = definePart(
  "capacity",
  {
    /** The target C in the end, in nats. */
    capacity: z.number().nonnegative().default(10),
    gamma: z.number().nonnegative().default(200),
    /** A factor on gamma that some codes hide; 1 means gamma as it stands. */
    rateWeight: z.number().positive().default(0.0003),
    /** The same factor in the loss that evaluations report; the authors' code drops it there (1). */
    evaluationRateWeight: z.number().positive().optional(),
    /** |mean rate - C| of the batch (O2), or the mean of |rate - C| over images (O3). */
    gap: z.enum(["batch", "image"]).default("batch"),
    schedule: capacityScheduleSchema.prefault({}),
  },
  ({ capacity, gamma, rateWeight, evaluationRateWeight, gap, schedule }): Objective => ({
    targetRateNats: (progress) => targetRateNats(capacity, schedule, progress),
    finalTargetRateNats: capacity,
    scalars: (progress) => ({ targetRateNats: targetRateNats(capacity, schedule, progress) }),
    loss(scope, { distortion, rateNats }, phase) {
      const target = scope.scalar("targetRateNats");
      const distance =
        gap === "batch" ? abs(subtract(mean(rateNats), target)) : mean(abs(subtract(rateNats, target)));
      const weight = phase === "training" ? rateWeight : (evaluationRateWeight ?? rateWeight);
      return add(mean(distortion), multiply(distance, gamma * weight));
    },
  }),
);
