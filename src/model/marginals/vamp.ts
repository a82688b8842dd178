import { z } from "zod";
import type { Initialiser } from "../../nn/initialise.js";
import type { Scope } from "../../nn/scope.js";
import { abs, add, exp, multiply, relu, subtract } from "../../tensor/operations/elementwise.js";
import { matMul } from "../../tensor/operations/matmul.js";
import { logSumExp } from "../../tensor/operations/softmax.js";
import { constant } from "../../tensor/tensor.js";
import { logDensityUnder } from "../channels/gaussian-posterior.js";
import { definePart } from "../part.js";
import type { Gaussian, Marginal, MarginalView } from "../parts.js";

/**
 * A mixture of the posteriors of pseudo-inputs, images that are learnt (VampPrior, Tomczak and Welling 2018; "Exact
 * rate-distortion", spec section 2.6): log of the mean of the densities. They begin at the mean training image with noise on it,
 * without which they would stay alike for ever.
 */
export const vampMarginal = definePart(
  "vamp",
  {
    pseudoInputs: z.int().positive().default(750),
    /** Standard deviation of that noise. */
    initialNoise: z.number().positive().default(0.01),
  },
  ({ pseudoInputs: count, initialNoise }): Marginal => {
    const components = (scope: Scope, view: MarginalView): Gaussian => {
      const shape = [count, ...view.imageShape];
      return view.posteriorOf(scope.parameter("pseudoInputs", shape, around(view.meanImage, initialNoise)));
    };
    return {
      prices: "base",
      logDensity(scope, code, view) {
        return subtract(logSumExp(logDensityUnder(code, components(scope, view))), Math.log(count));
      },
      sample(scope, samples, dimensions, view) {
        const { mean, logVariance } = components(scope, view);
        const chosen = scope.noise("component", [samples, 1], { below: count });
        const each = constant(
          Float32Array.from({ length: count }, (_, k) => k),
          [1, count],
        );
        const choice = relu(subtract(1, abs(subtract(chosen, each))));
        const deviation = matMul(choice, exp(multiply(logVariance, 0.5)));
        return add(matMul(choice, mean), multiply(deviation, scope.noise("sample", [samples, dimensions])));
      },
    };
  },
);

/** The mean image in every row, with normal noise. */
function around(meanImage: Float32Array, deviation: number): Initialiser {
  return (stream, values) => {
    stream.fillNormal(values);
    for (let i = 0; i < values.length; i++)
      values[i] = meanImage[i % meanImage.length]! + values[i]! * deviation;
  };
}
