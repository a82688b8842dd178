/** Frequencies of the stimuli as whole weights, which a visitor paints. */
import { cellWeights } from "../../../src/data/corridors-bias.js";
import { BIASES } from "../../../src/lab/configuration.js";
import { CELLS, type Frequencies, MAX_WEIGHT, SIDE } from "../../../src/lab/experiment.js";

/** The weight of each stimulus, xU the slow index, in whole numbers from 0 to {@link MAX_WEIGHT}. */
export function weightsOf(frequencies: Frequencies): number[] {
  if (frequencies.kind === "drawn") return [...frequencies.weights];
  if (frequencies.kind === "uniform") return Array<number>(CELLS).fill(10);
  const weights = [...cellWeights({ bias: BIASES[frequencies.kind] }, SIDE)];
  const scale = MAX_WEIGHT / Math.max(...weights);
  return weights.map((weight) => Math.max(1, Math.round(weight * scale)));
}

/** What can be said of weights in a line: how many stimuli occur, and the share of the most frequent one. */
export function frequenciesInWords(weights: readonly number[]): string {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const count = weights.filter((weight) => weight > 0).length;
  if (total === 0) return "no stimulus occurs";
  const share = (100 * Math.max(...weights)) / total;
  return `${count} of ${CELLS} stimuli occur; the most frequent one is ${share.toPrecision(2)} % of the images`;
}
