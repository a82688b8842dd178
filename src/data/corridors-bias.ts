import { refuse } from "../errors.js";
import { parseLabelRule } from "./label-rules/index.js";

/** Which (xU, xL) cells a bias favours, by name, as a label rule (rule D14). */
const RULES: Readonly<Record<string, (size: number) => string>> = {
  /** The lower corridor is in the left half, the middle included: xL <= 6 when the size is 13. */
  lower: (size) => `xL <= ${(size - 1) / 2}`,
  /** Both corridors are in the same column. */
  aligned: () => "xU == xL",
};

/** The written form of a bias, `rule:a/b`, for instance `lower:2000/260`. */
export const BIAS_PATTERN = new RegExp(`^(${Object.keys(RULES).join("|")}):(\\d{1,7})/(\\d{1,7})$`);

/** What is wrong with a bias that does not have the form of {@link BIAS_PATTERN}. */
export const BIAS_FORM = `a bias is ${Object.keys(RULES).join(" or ")}, a colon, and the samples per favoured and per other cell, as in lower:2000/260 or aligned:3000/300`;

/** The cells that a bias of this form favours, as a label rule: `xL <= 6`, `xU == xL`. */
export function favouredCells(bias: string, size: number): string {
  return RULES[bias.slice(0, bias.indexOf(":"))]!(size);
}

/** How often every (xU, xL) cell is drawn: an integer weight a cell, `size * size` of them, xU the slow index. */
export type CellWeights = Uint32Array;

/** How frequent the cells are: by the name of a bias, or one by one; all alike by default. */
export interface CellFrequencies {
  /** `lower:2000/260` or `aligned:3000/300`: samples per favoured and per other cell. */
  readonly bias?: string | undefined;
  /** A whole number for each (xU, xL) cell, [size * size], xU the slow index; cells are drawn in proportion to them. */
  readonly weights?: readonly number[] | undefined;
}

/**
 * The weights of the cells (rule D7): with a bias `a` where its rule holds and `b` elsewhere; those that are given; 1 everywhere
 * without either.
 * @throws UserError when the bias is not of the form `rule:a/b`, when the weights are not `size * size` whole numbers from 0 to 2^32 - 1,
 *   when all are 0, and when both are given.
 */
export function cellWeights({ bias, weights }: CellFrequencies, size: number): CellWeights {
  if (weights === undefined) return weightsOfBias(bias, size);
  const refuseWeights = (what: string) =>
    refuse(
      "corridors, weights",
      what,
      `Give ${size * size} whole numbers, xU the slow index, at least one above 0`,
    );
  if (bias !== undefined) refuse("corridors", "both bias and weights are given", "Leave one of them out");
  if (weights.length !== size * size) {
    refuseWeights(
      `there are ${weights.length}, and images of ${size} x ${size} pixels have ${size * size} cells`,
    );
  }
  const wrong = weights.find((weight) => !(Number.isInteger(weight) && weight >= 0 && weight < 2 ** 32));
  if (wrong !== undefined) refuseWeights(`${wrong} is no number of samples`);
  if (weights.every((weight) => weight === 0)) refuseWeights("every cell has 0 samples");
  return Uint32Array.from(weights);
}

function weightsOfBias(bias: string | undefined, size: number): CellWeights {
  const weights = new Uint32Array(size * size).fill(1);
  if (bias === undefined) return weights;
  const match = BIAS_PATTERN.exec(bias);
  if (!match) {
    refuse(`bias "${bias}"`, `not understood: ${BIAS_FORM}`, "Write it in this form");
  }
  const rule = parseLabelRule(favouredCells(bias, size), ["xU", "xL"], "corridors, bias");
  for (let cell = 0; cell < weights.length; cell++) {
    weights[cell] = Number(rule.evaluate([Math.floor(cell / size), cell % size]) ? match[2] : match[3]);
  }
  if (weights.every((weight) => weight === 0)) {
    refuse(`bias "${bias}"`, "every cell has 0 samples", "Give at least one of the two numbers above 0");
  }
  return weights;
}
