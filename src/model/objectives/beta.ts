import * as z from "zod";
import type { Scope } from "../../nn/scope.js";
import { add, multiply } from "../../tensor/operations/elementwise.js";
import { mean } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";

/**
 * mean distortion + beta * rateWeight * mean rate (rule O1; Higgins et al. 2017). With `delay` the rate costs nothing at first, and
 * with `warmup` the weight then rises in a straight line, and so do those of regularizers: a rate that is pressed down before anything has
 * been learnt may not come up again.
 */
export const betaObjective = definePart({
  kind: "objective",
  type: "beta",
  about: "distortion + beta x rate",
  settings: {
    beta: z.number().nonnegative().default(1).describe("price of a nat, in the unit of the distortion"),
    rateWeight: z.number().positive().default(1).describe("a factor on beta that some codes hide"),
    delay: z
      .int()
      .nonnegative()
      .optional()
      .describe("steps at the beginning during which the rate, and what regularizers ask, cost nothing"),
    warmup: z
      .number()
      .positive()
      .optional()
      .describe("length of the warm-up in steps, from there to the full weight; none by default"),
  },
  make: ({ beta, rateWeight, delay = 0, warmup = 1 }) => {
    const changes = delay > 0 || warmup > 1;
    const warmth = (scope: Scope) => scope.scalar("warmth");
    return {
      ...(changes && { warmth }),
      pricePerNat: () => beta * rateWeight,
      settingForPrice: (price) => ({ key: "model.objective.beta", value: price / rateWeight }),
      targetRateNats: () => undefined,
      finalTargetRateNats: undefined,
      scalars: ({ step }): Record<string, number> =>
        changes ? { warmth: Math.min(1, Math.max(0, (step + 1 - delay) / warmup)) } : {},
      loss(scope, { distortion, rateNats }) {
        const priced = multiply(mean(rateNats), beta * rateWeight);
        return add(mean(distortion), changes ? multiply(priced, warmth(scope)) : priced);
      },
    };
  },
});
