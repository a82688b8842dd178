import { add, exp, multiply, square, subtract } from "../../tensor/operations/elementwise.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { Marginal } from "../parts.js";

/** m(z) = N(0, I). */
export const standardNormal = definePart(
  "standard-normal",
  {},
  (): Marginal => ({
    logDensity: (_, code) => sumOver(multiply(add(square(code), Math.log(2 * Math.PI)), -0.5), [1]),
    divergenceFromGaussian: (mean, logVariance) =>
      multiply(subtract(add(square(mean), exp(logVariance)), add(logVariance, 1)), 0.5),
    sample: (scope, count, dimensions) => scope.noise("sample", [count, dimensions]),
  }),
);
