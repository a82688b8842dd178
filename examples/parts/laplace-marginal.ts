/** A marginal: independent Laplace distributions, whose codes are sparser than normal ones. */
import { abs, clip, definePart, divide, log, multiply, subtract, sumOver, z } from "narrows/parts";

/** Where a uniform number is taken to be 0, whose logarithm is not finite. */
const SMALLEST = 1e-7;

export default definePart({
  kind: "marginal",
  type: "laplace",
  about: "independent Laplace distributions around 0",
  settings: { scale: z.number().positive().default(1).describe("mean distance from 0") },
  make: ({ scale }) => ({
    prices: "code",
    logDensity: (_, code) => sumOver(subtract(-Math.log(2 * scale), divide(abs(code), scale)), [1]),
    sample(scope, count, dimensions) {
      // The difference of two exponential variables is a Laplace variable.
      const exponential = (name: string) => {
        const drawn = scope.noise(name, [count, dimensions], "uniform");
        return multiply(log(clip(drawn, SMALLEST, 1)), -scale);
      };
      return subtract(exponential("first"), exponential("second"));
    },
  }),
});
