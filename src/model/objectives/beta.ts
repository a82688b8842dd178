import { z } from "zod";
import { add, multiply } from "../../tensor/operations/elementwise.js";
import { mean } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { Objective } from "../parts.js";

/** mean distortion + beta * rateWeight * mean rate (rule O1; Higgins et al. 2017). */
export const betaObjective = definePart(
  "beta",
  { beta: z.number().nonnegative().default(1), rateWeight: z.number().positive().default(1) },
  ({ beta, rateWeight }): Objective => ({
    targetRateNats: () => undefined,
    finalTargetRateNats: undefined,
    scalars: () => ({}),
    loss: (_, { distortion, rateNats }) => add(mean(distortion), multiply(mean(rateNats), beta * rateWeight)),
  }),
);
