import * as z from "zod";
import { multiply, sigmoid, softplus, subtract } from "../../tensor/operations/elementwise.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { definePart } from "../part.js";
import { heldInside, logOdds } from "./squared-error.js";

/** -log p(x|z) of independent binary pixels, in nats: its sum over an image (rule L3), or its mean over pixels (L4). */
export const bernoulli = definePart({
  kind: "likelihood",
  type: "bernoulli",
  about: "-log p(x|z) of independent binary pixels",
  settings: {
    pixels: z.enum(["sum", "mean"]).default("sum").describe("sum over the pixels of an image, or their mean"),
  },
  make: ({ pixels }) => ({
    distortionUnit: pixels === "sum" ? "nats per image" : "nats per pixel",
    isNegativeLogLikelihood: pixels === "sum",
    reconstruct: sigmoid,
    outputFor: logOdds,
    distortionOfMean: ({ mean }) => {
      // Of grey values too: -x ln m - (1 - x) ln(1 - m) is linear in x.
      const total = mean.reduce((sum, m) => sum + entropyOf(m), 0);
      return pixels === "sum" ? total : total / mean.length;
    },
    errorWeights: ({ mean }) =>
      mean.map((m) => 1 / (2 * heldInside(m) * (1 - heldInside(m)) * (pixels === "sum" ? 1 : mean.length))),
    distortion: (logits, images) => {
      // log(1 + e^l) - x l = -x log p - (1 - x) log(1 - p), without logarithms of small numbers.
      const total = sumOver(subtract(softplus(logits), multiply(images, logits)), [1]);
      return pixels === "sum" ? total : multiply(total, 1 / images.shape[1]!);
    },
  }),
});

/** Entropy in nats of a pixel that is on with this probability. */
function entropyOf(probability: number): number {
  const p = heldInside(probability);
  return -p * Math.log(p) - (1 - p) * Math.log(1 - p);
}
