import { add, exp, multiply, square, subtract } from "../../tensor/operations/elementwise.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import type { Tensor } from "../../tensor/tensor.js";
import { definePart } from "../part.js";

/**
 * log N(z; 0, I) in nats for each row.
 * @param z [B, D].
 * @returns [B].
 */
export function standardNormalLogDensity(z: Tensor): Tensor {
  return sumOver(multiply(add(square(z), Math.log(2 * Math.PI)), -0.5), [1]);
}

/** m(z) = N(0, I). */
export const standardNormal = definePart({
  kind: "marginal",
  type: "standard-normal",
  about: "independent normal distributions of mean 0 and variance 1",
  settings: {},
  make: () => ({
    prices: "code",
    logDensity: (_, code) => standardNormalLogDensity(code),
    divergenceFromGaussian: (mean, logVariance) =>
      multiply(subtract(add(square(mean), exp(logVariance)), add(logVariance, 1)), 0.5),
    sample: (scope, count, dimensions) => scope.noise("sample", [count, dimensions]),
  }),
});
