import * as z from "zod";
import { choiceOf } from "../../nn/dense.js";
import type { Initialiser } from "../../nn/initialise.js";
import { widthSchema } from "../../nn/parameters.js";
import type { Scope } from "../../nn/scope.js";
import { add, exp, multiply, subtract } from "../../tensor/operations/elementwise.js";
import { matMul } from "../../tensor/operations/matmul.js";
import { logSumExp } from "../../tensor/operations/softmax.js";
import { logDensityUnder } from "../channels/gaussian-posterior.js";
import { definePart } from "../part.js";
import type { Gaussian, MarginalView } from "../parts.js";

/**
 * A mixture of the posteriors of pseudo-inputs, images that are learnt (VampPrior, Tomczak and Welling 2018; "Exact
 * rate-distortion", spec section 2.6): log of the mean of the densities. They begin at the mean training image with noise on it,
 * without which they would stay alike for ever.
 */
export const vampMarginal = definePart({
  kind: "marginal",
  type: "vamp",
  about: "a mixture of the posteriors of learnt pseudo-inputs (VampPrior)",
  settings: {
    pseudoInputs: widthSchema.default(750).describe("number of pseudo-inputs"),
    initialNoise: z
      .number()
      .positive()
      .default(0.01)
      .describe("standard deviation of the noise on the first pseudo-inputs"),
  },
  make: ({ pseudoInputs: count, initialNoise }) => {
    const components = (scope: Scope, view: MarginalView): Gaussian => {
      const shape = [count, ...view.imageShape];
      return view.posteriorOf(scope.parameter("pseudoInputs", shape, aroundMean(view, initialNoise)));
    };
    return {
      prices: "base",
      logDensity(scope, code, view) {
        return subtract(logSumExp(logDensityUnder(code, components(scope, view))), Math.log(count));
      },
      sample(scope, samples, dimensions, view) {
        const { mean, logVariance } = components(scope, view);
        const chosen = scope.noise("component", [samples, 1], { below: count });
        const choice = choiceOf(chosen, count);
        const deviation = matMul(choice, exp(multiply(logVariance, 0.5)));
        return add(matMul(choice, mean), multiply(deviation, scope.noise("sample", [samples, dimensions])));
      },
    };
  },
});

/** The mean image in every row, with normal noise. Programs are built more often than values begin: only then it is asked for. */
function aroundMean(view: MarginalView, deviation: number): Initialiser {
  return (stream, values) => {
    const { meanImage } = view;
    stream.fillNormal(values);
    for (let i = 0; i < values.length; i++)
      values[i] = meanImage[i % meanImage.length]! + values[i]! * deviation;
  };
}
