/** A likelihood: pixels are normal around the decoder's output, so that rate + distortion is the negative ELBO in nats. */
import { add, definePart, multiply, sigmoid, square, subtract, sumOver, z } from "narrows/parts";

/** ln(p / (1 - p)) of a probability held 0.001 away from 0 and 1. */
function logOdds(probability: number): number {
  const inside = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(inside / (1 - inside));
}

export default definePart({
  kind: "likelihood",
  type: "gaussian",
  about: "-log p(x|z) of pixels that are normal around the output",
  settings: {
    deviation: z.number().positive().default(0.1).describe("standard deviation of a pixel, in its own range"),
  },
  make({ deviation }) {
    const variance = deviation ** 2;
    /** Nats of a pixel that is reconstructed without error. */
    const offset = Math.log(deviation * Math.sqrt(2 * Math.PI));
    return {
      distortionUnit: "nats per image",
      isNegativeLogLikelihood: true,
      reconstruct: sigmoid,
      outputFor: logOdds,
      distortion: (output, images) =>
        sumOver(add(multiply(square(subtract(sigmoid(output), images)), 1 / (2 * variance)), offset), [1]),
      distortionOfMean: ({ mean, meanSquare }) =>
        meanSquare.reduce((sum, value, k) => sum + (value - mean[k]! ** 2) / (2 * variance) + offset, 0),
      errorWeights: ({ mean }) => new Float64Array(mean.length).fill(1 / (2 * variance)),
    };
  },
});
