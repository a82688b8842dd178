import { z } from "zod";
import { multiply, sigmoid, square, subtract } from "../../tensor/operations/elementwise.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { Likelihood } from "../parts.js";
import { logOdds } from "./log-odds.js";

/** Squared difference of pixel values, its mean over an image's pixels (rule L1) or its sum (rule L2). */
export const squaredError = definePart(
  "mse",
  {
    pixels: z.enum(["mean", "sum"]).default("sum"),
    /** What the decoder's output passes before it is compared: `sigmoid` for pixels in 0..1. */
    output: z.enum(["sigmoid", "identity"]).default("sigmoid"),
  },
  ({ pixels, output }): Likelihood => {
    const reconstruct: Likelihood["reconstruct"] = (raw) => (output === "sigmoid" ? sigmoid(raw) : raw);
    return {
      distortionUnit: pixels === "mean" ? "squared error per pixel" : "squared error per image",
      isNegativeLogLikelihood: false,
      reconstruct,
      outputFor: (pixel) => (output === "sigmoid" ? logOdds(pixel) : pixel),
      distortionOfMean: ({ mean, meanSquare }) => {
        const total = meanSquare.reduce((sum, square, pixel) => sum + square - mean[pixel]! ** 2, 0);
        return pixels === "mean" ? total / mean.length : total;
      },
      errorWeights: ({ mean }) => new Float64Array(mean.length).fill(pixels === "mean" ? 1 / mean.length : 1),
      distortion: (raw, images) => {
        const total = sumOver(square(subtract(reconstruct(raw), images)), [1]);
        return pixels === "mean" ? multiply(total, 1 / images.shape[1]!) : total;
      },
    };
  },
);
