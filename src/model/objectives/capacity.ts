import * as z from "zod";
import { abs, add, multiply, subtract } from "../../tensor/operations/elementwise.js";
import { mean } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { ObjectiveView } from "../parts.js";
import { capacityScheduleSchema, targetRateNats } from "./capacity-schedule.js";
import { shareOfFirstNat } from "./first-nat.js";

/**
 * mean distortion + gamma * rateWeight * distance of the rate from a rising target C (rules O2 and O3; Burgess et al.
 * 2018, and "The geometry of efficient codes", spec section 5).
 */
export const capacityObjective = definePart({
  kind: "objective",
  type: "capacity",
  about: "distortion + gamma x distance of the rate from a rising target C",
  settings: {
    capacity: z.number().nonnegative().default(10).describe("the target C in the end, in nats"),
    gamma: z
      .number()
      .nonnegative()
      .optional()
      .describe(
        "what a nat away from C costs, in the distortion's unit; by default it follows from the data (rule O7)",
      ),
    rateWeight: z
      .number()
      .positive()
      .default(1)
      .describe("a factor on gamma that some codes hide; 1 means gamma as it stands"),
    evaluationRateWeight: z
      .number()
      .positive()
      .optional()
      .describe("the same factor in the loss that evaluations report; the authors' code drops it there (1)"),
    gap: z
      .enum(["batch", "image"])
      .default("batch")
      .describe("|mean rate - C| of the batch (O2), or the mean of |rate - C| over images (O3)"),
    schedule: capacityScheduleSchema.prefault({}),
  },
  make: ({ capacity, gamma, rateWeight, evaluationRateWeight, gap, schedule }) => {
    const gammaFor = (view: ObjectiveView) => gamma ?? sufficientPrice(capacity, view) / rateWeight;
    return {
      pricePerNat: (view) => gammaFor(view) * rateWeight,
      settingForPrice: (price) => ({ key: "model.objective.gamma", value: price / rateWeight }),
      targetRateNats: (progress) => targetRateNats(capacity, schedule, progress),
      finalTargetRateNats: capacity,
      scalars: (progress) => ({ targetRateNats: targetRateNats(capacity, schedule, progress) }),
      loss(scope, { distortion, rateNats }, phase, view) {
        const target = scope.scalar("targetRateNats");
        const distance =
          gap === "batch" ? abs(subtract(mean(rateNats), target)) : mean(abs(subtract(rateNats, target)));
        const weight = phase === "training" ? rateWeight : (evaluationRateWeight ?? rateWeight);
        return add(mean(distortion), multiply(distance, gammaFor(view) * weight));
      },
    };
  },
});

/**
 * A price of a nat off C that holds the rate at C (rule O7): above what a nat saves there, so that the rate does not rise beyond C, and not far
 * above what the first one saves. A nat that costs more pays for a code that is the same for all images, before the decoder has
 * learned to use one that is not.
 */
function sufficientPrice(
  capacityNats: number,
  { criticalPricePerNat, codeDimensions }: ObjectiveView,
): number {
  return criticalPricePerNat * shareOfFirstNat(capacityNats, codeDimensions);
}
