import { chooseStimuli as chooseImages } from "../../../analysis/stimuli.js";
import type { Dataset } from "../../../data/dataset.js";
import { UserError } from "../../../errors.js";
import type { Position } from "../classes.js";

/** Images to measure a code on, and what they show. */
export interface Stimuli {
  readonly images: Dataset;
  /** One for each image. */
  readonly positions: readonly Position[];
}

/**
 * Of some images those that codes are measured on: the first 1,500 and one of each pair of positions, ordered by xU - xL.
 * @throws UserError when the data have no labels xU and xL.
 */
export function chooseStimuli(dataset: Dataset): Stimuli {
  const positions = positionsOf(dataset);
  return stimuliFrom(chooseImages(dataset, (row) => positions[row]![0] - positions[row]![1]));
}

/**
 * All of some images, in their order.
 * @throws UserError when the data have no labels xU and xL.
 */
export function stimuliFrom(images: Dataset): Stimuli {
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
