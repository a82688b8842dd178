import * as z from "zod";
import { multiply, sigmoid, square, subtract } from "../../tensor/operations/elementwise.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import type { Likelihood } from "../parts.js";

/** Squared difference of pixel values, its mean over an image's pixels (rule L1) or its sum (rule L2). */
export const squaredError = definePart({
  kind: "likelihood",
  type: "mse",
  about: "squared difference of pixel values",
  settings: {
    pixels: z.enum(["mean", "sum"]).default("sum").describe("mean over the pixels of an image, or their sum"),
    output: z
      .enum(["sigmoid", "identity"])
      .default("sigmoid")
      .describe("what the decoder's output passes before it is compared: `sigmoid` for pixels in 0..1"),
  },
  make: ({ pixels, output }) => {
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
});

/** How near to 0 or 1 a probability may begin: from the end itself no gradient would lead back. */
const CLOSEST = 1e-3;

/** A probability moved at least 0.001 away from 0 and from 1. */
export function heldInside(probability: number): number {
  return Math.min(1 - CLOSEST, Math.max(CLOSEST, probability));
}

/** ln(p / (1 - p)), what a sigmoid makes into p; of p held inside. */
export function logOdds(probability: number): number {
  const inside = heldInside(probability);
  return Math.log(inside / (1 - inside));
}
