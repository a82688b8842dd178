import { z } from "zod";
import { dense } from "../../nn/dense.js";
import { add, divide, exp, multiply, square, subtract } from "../../tensor/operations/elementwise.js";
import { slice } from "../../tensor/operations/layout.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { named, type Tensor } from "../../tensor/tensor.js";
import { definePart } from "../part.js";
import type { Channel } from "../parts.js";

/**
 * z = mean + e^(logVariance / 2) * noise (Kingma and Welling 2014). The rate is the divergence of the posterior from
 * the marginal, an upper bound of the mutual information (rule R1): in closed form where the marginal knows one, else
 * log q(z|x) - log m(z) at the sample (rule R2).
 */
export const gaussianChannel = definePart(
  "gaussian",
  { dimensions: z.int().positive().default(5) },
  ({ dimensions }): Channel => ({
    dimensions,
    transmit(scope, features, marginal) {
      const posterior = dense(scope.in("posterior"), features, 2 * dimensions);
      const mean = named(slice(posterior, 1, 0, dimensions), "mean");
      const logVariance = named(slice(posterior, 1, dimensions, 2 * dimensions), "logVariance");
      const noise = scope.noise("noise", mean.shape);
      const code = named(add(mean, multiply(exp(multiply(logVariance, 0.5)), noise)), "code");
      const divergence = marginal.divergenceFromGaussian?.(mean, logVariance);
      if (divergence) {
        const rateNats = named(sumOver(divergence, [1]), "rateNats");
        return { mean, code, dimensionRateNats: divergence, rateNats, rateEstimator: "upper-bound" };
      }
      const priced = subtract(
        logDensityOfNoise(noise, logVariance),
        marginal.logDensity(scope.in("marginal"), code),
      );
      return {
        mean,
        code,
        dimensionRateNats: undefined,
        rateNats: named(priced, "rateNats"),
        rateEstimator: "monte-carlo",
      };
    },
  }),
);

/** log q(z|x) at z = mean + e^(logVariance / 2) * noise, for each row: [B]. */
function logDensityOfNoise(noise: Tensor, logVariance: Tensor): Tensor {
  const each = add(add(square(noise), logVariance), Math.log(2 * Math.PI));
  return sumOver(divide(each, -2), [1]);
}
