import { rateDistortionBound } from "../../../src/figures/rate-distortion-bound.js";

/** A normal source of variance 1, known to within a hundredth. */
const at = (rateNats: number) => {
  const upper = Math.exp(-2 * rateNats);
  return { rateNats, lower: Math.max(0, upper - 0.01), upper };
};

const rates = Array.from({ length: 31 }, (_, k) => k / 10);

export const examples = {
  curve: rateDistortionBound(
    { curve: rates.map(at), marked: [0.3, 1, 2].map(at), maxRateNats: 3 },
    { distortionName: "squared error" },
  ),
};
