import { z } from "zod";
import { add, multiply } from "../../tensor/operations/elementwise.js";
import { mean } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { Objective } from "../parts.js";

/**
 * mean distortion + beta * rateWeight * mean rate (rule O1; Higgins et al. 2017). With `warmup` steps the weight rises in a straight
 * line from nearly nothing: a rate that is pressed down before anything has been learnt may not come up again.
 */
export const betaObjective = definePart(
  "beta",
  {
    beta: z.number().nonnegative().default(1),
    rateWeight: z.number().positive().default(1),
    /** Steps until the weight is whole; it is so from the first on where not given. */
    warmup: z.number().positive().optional(),
  },
  ({ beta, rateWeight, warmup }): Objective => ({
    targetRateNats: () => undefined,
    finalTargetRateNats: undefined,
    scalars: ({ step }): Record<string, number> =>
      warmup === undefined ? {} : { warmth: Math.min(1, (step + 1) / warmup) },
    loss(scope, { distortion, rateNats }) {
      const priced = multiply(mean(rateNats), beta * rateWeight);
      return add(mean(distortion), warmup === undefined ? priced : multiply(priced, scope.scalar("warmth")));
    },
  }),
);
