import { applyFlow, flowSchema } from "../../nn/flow.js";
import { widthSchema } from "../../nn/parameters.js";
import { subtract } from "../../tensor/operations/elementwise.js";
import { named } from "../../tensor/tensor.js";
import { definePart } from "../part.js";
import { gaussianPosterior, logDensityAtNoise, sampleGaussian } from "./gaussian-posterior.js";

/**
 * A gaussian sample passed through an inverse autoregressive flow that keeps volumes (Kingma et al. 2016, shifts only). The rate
 * is log q(z|x) - log m(z) at the sample (rule R2); a marginal of the base is evaluated before the flow, where the rate is the
 * same ("Exact rate-distortion", spec section 2.4).
 */
export const iafChannel = definePart({
  kind: "channel",
  type: "iaf",
  about: "a gaussian sample through an inverse autoregressive flow",
  settings: {
    dimensions: widthSchema.default(32).describe("dimensions of the code"),
    flow: flowSchema.prefault({}),
  },
  make: ({ dimensions, flow }) => ({
    dimensions,
    minRateNats: 0,
    minBatch: 1,
    mixesImages: false,
    posterior: (scope, features) => gaussianPosterior(scope, features, dimensions),
    drawCode: (scope, drawn, prices) =>
      prices === "base" ? applyFlow(scope.in("flow"), drawn, flow) : drawn,
    transmit(scope, features, price) {
      const posterior = gaussianPosterior(scope, features, dimensions);
      const { code: base, noise } = sampleGaussian(scope, posterior);
      const flowed = (code: typeof base) => applyFlow(scope.in("flow"), code, flow);
      const code = named(flowed(base), "code");
      const density = price.logDensity(price.prices === "base" ? base : code);
      return {
        mean: named(flowed(posterior.mean), "flowedMean"),
        code,
        // The flow is invertible and does not look at the image.
        posterior,
        dimensionRateNats: undefined,
        rateNats: named(subtract(logDensityAtNoise(noise, posterior), density), "rateNats"),
        rateEstimator: "monte-carlo",
      };
    },
  }),
});
