import { totalCorrelationGaussian } from "../../../information/total-correlation.js";
import { grouped, numberText } from "../../format.js";
import { warn } from "../../output.js";
import { codeMeasure } from "./code-measure.js";
import { plainNumber } from "./plain.js";

export default codeMeasure({
  definition: "I2",
  units: "nats",
  details: `
0 for uncorrelated dimensions; Infinity where a dimension is a linear function of others. From the covariance alone (rule I2
of docs/definitions/information.md): chance adds about D(D-1) / 4N nats for N samples of D dimensions.`,
  examples: [
    "narrows measure total-correlation --codes C.npy --json",
    "narrows measure total-correlation vae-s0 --split test --sample",
  ],
  measure(codes) {
    const points = codes.points();
    const { totalCorrelationNats, dependentDimension, constantDimensions } = totalCorrelationGaussian(points);
    const { name, dimension, count } = points;
    if (constantDimensions.length > 0) {
      warn(`${name}: ${constantDimensions.length} of ${dimension} dimensions do not vary, and are left out`);
    }
    if (dependentDimension !== undefined) {
      warn(
        `${name}: dimension ${dependentDimension} (counted from 0) is linear in those before it: the covariance is singular`,
      );
    }
    return {
      json: {
        totalCorrelationNats: plainNumber(totalCorrelationNats),
        ...(dependentDimension !== undefined && { dependentDimension }),
        constantDimensions,
        dimensions: dimension,
      },
      text: [
        `total correlation ${numberText(totalCorrelationNats)} nats under a gaussian model of the code (${dimension} dimensions, ${grouped(count)} samples)`,
      ],
    };
  },
});
