/**
 * A channel: z = mean + width x u with u uniform between -1/2 and 1/2, as where a code is rounded to steps of `width` (Ballé, Laparra and
 * Simoncelli 2017). Its rate is log q(z|x) - log m(z) at the sample.
 */
import { add, definePart, dense, multiply, named, subtract, z } from "narrows/parts";

export default definePart({
  kind: "channel",
  type: "uniform",
  about: "uniform noise of a fixed width, as where a code is rounded",
  settings: {
    dimensions: z.int().positive().default(5).describe("dimensions of the code"),
    width: z.number().positive().default(1).describe("width of the noise, in units of the code"),
  },
  make: ({ dimensions, width }) => ({
    dimensions,
    minRateNats: 0,
    minBatch: 1,
    mixesImages: false,
    // Samples of the marginal are codes as they are.
    drawCode: (_, drawn) => drawn,
    transmit(scope, features, price) {
      const mean = named(dense(scope.in("mean"), features, dimensions), "mean");
      const noise = subtract(scope.noise("noise", mean.shape, "uniform"), 0.5);
      const code = named(add(mean, multiply(noise, width)), "code");
      // The density of the noise is 1 / width in every dimension, wherever the sample lies.
      const rate = subtract(-dimensions * Math.log(width), price.logDensity(code));
      return {
        mean,
        code,
        dimensionRateNats: undefined,
        rateNats: named(rate, "rateNats"),
        rateEstimator: "monte-carlo",
        posterior: undefined,
      };
    },
  }),
});
