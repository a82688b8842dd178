import { widthSchema } from "../../nn/parameters.js";
import { subtract } from "../../tensor/operations/elementwise.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { named } from "../../tensor/tensor.js";
import { definePart } from "../part.js";
import { gaussianPosterior, logDensityAtNoise, sampleGaussian } from "./gaussian-posterior.js";

/**
 * z = mean + e^(logVariance / 2) * noise (Kingma and Welling 2014). The rate is the divergence of the posterior from
 * the marginal, an upper bound of the mutual information (rule R1): in closed form where the marginal knows one, else
 * log q(z|x) - log m(z) at the sample (rule R2).
 */
export const gaussianChannel = definePart({
  kind: "channel",
  type: "gaussian",
  about: "z = mean + e^(logVariance / 2) x noise; its rate is the divergence from the marginal",
  settings: { dimensions: widthSchema.default(5).describe("dimensions of the code") },
  make: ({ dimensions }) => ({
    dimensions,
    minRateNats: 0,
    minBatch: 1,
    mixesImages: false,
    posterior: (scope, features) => gaussianPosterior(scope, features, dimensions),
    drawCode: (_, drawn) => drawn,
    transmit(scope, features, price) {
      const posterior = gaussianPosterior(scope, features, dimensions);
      const { mean, logVariance } = posterior;
      const { code: sample, noise } = sampleGaussian(scope, posterior);
      const code = named(sample, "code");
      const divergence = price.divergenceFromGaussian?.(mean, logVariance);
      const rate = divergence
        ? sumOver(divergence, [1])
        : subtract(logDensityAtNoise(noise, posterior), price.logDensity(code));
      return {
        mean,
        code,
        posterior,
        dimensionRateNats: divergence,
        rateNats: named(rate, "rateNats"),
        rateEstimator: divergence ? "upper-bound" : "monte-carlo",
      };
    },
  }),
});
