import { chooseStimuli as chooseImages } from "../../analysis/stimuli.js";
import type { Dataset } from "../../data/dataset.js";
import { UserError } from "../../errors.js";

/** Positions of a Corridors image: the columns of the upper and the lower corridor. */
export type Position = readonly [xU: number, xL: number];

/** Images to measure a code on, and what they show. */
export interface Stimuli {
  readonly images: Dataset;
  /** One for each image. */
  readonly positions: readonly Position[];
}

/**
 * The images that the paper's figures are drawn from: the first 1,500 and one of each pair of positions, ordered by xU - xL.
 * @throws UserError when the data have no labels xU and xL.
 */
export function chooseStimuli(dataset: Dataset): Stimuli {
  const positions = positionsOf(dataset);
  const images = chooseImages(dataset, (row) => positions[row]![0] - positions[row]![1]);
  return { images, positions: positionsOf(images) };
}

function positionsOf({ name, labels, labelNames, count }: Dataset): Position[] {
  if (!labels || labelNames.length !== 2) {
    throw new UserError({
      where: name,
      what: `the figures of this paper need two labels, xU and xL; the data have ${labelNames.length}`,
      remedy: "Use Corridors data",
    });
  }
  return Array.from({ length: count }, (_, row) => [labels[2 * row]!, labels[2 * row + 1]!]);
}

/** The row of the first stimulus that shows each of these positions. */
export function stimuliAt({ positions }: Stimuli, wanted: readonly Position[]): number[] {
  return wanted
    .map(([xU, xL]) => positions.findIndex((position) => position[0] === xU && position[1] === xL))
    .filter((row) => row >= 0);
}
