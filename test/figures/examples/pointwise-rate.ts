import { pointwiseRate } from "../../../src/figures/pointwise-rate.js";
import { scatter } from "./constructed.js";

const examplesOf = (count: number) => {
  const ease = Array.from({ length: count }, (_, k) => scatter(k));
  return {
    logLikelihoodNats: ease.map((share) => -120 + 90 * share),
    rateNats: ease.map((share, k) => 18 + 14 * share ** 2 + 6 * (scatter(3 * k + 1) - 0.5)),
    meanNorm: ease.map((share, k) => 2 + 0.8 * share + 0.5 * (scatter(7 * k + 2) - 0.5)),
  };
};

const thousand = pointwiseRate(examplesOf(1000), { maxPoints: 400 });
/** Fewer examples than groups. */
const three = pointwiseRate(examplesOf(3));

export const examples = { thousand, three };
