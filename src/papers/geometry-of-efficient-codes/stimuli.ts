import type { Dataset } from "../../data/dataset.js";
import { selectRows } from "../../data/select.js";
import { UserError } from "../../errors.js";

/** Positions of a Corridors image: the columns of the upper and the lower corridor. */
export type Position = readonly [xU: number, xL: number];

/** Images to measure a code on, and what they show. */
export interface Stimuli {
  readonly images: Dataset;
  /** One for each image. */
  readonly positions: readonly Position[];
}

/** As many stimuli as the paper's figures are drawn from. */
const STIMULUS_COUNT = 1500;

/**
 * The first images of a data set, so many as asked for, and beyond them the first of each pair of positions that
 * has not come yet, so that every pair is there if the data hold it; ordered by xU - xL as in the paper.
 * @throws UserError when the data have no labels xU and xL.
 */
export function chooseStimuli(dataset: Dataset, count = STIMULUS_COUNT): Stimuli {
  const positions = positionsOf(dataset);
  const seen = new Set<string>();
  const chosen = positions.flatMap((position, row) => {
    const isNew = !seen.has(position.join());
    seen.add(position.join());
    return row < count || isNew ? [row] : [];
  });
  const difference = (row: number) => positions[row]![0] - positions[row]![1];
  const rows = chosen.sort((a, b) => difference(a) - difference(b) || a - b);
  return { images: selectRows(dataset, rows), positions: rows.map((row) => positions[row]!) };
}

function positionsOf({ name, labels, labelNames, count }: Dataset): Position[] {
  if (!labels || labelNames.length !== 2) {
    throw new UserError({
      where: name,
      what: `the figures of this paper need two labels, xU and xL; the data have ${labelNames.length}`,
      remedy:
        "Use Corridors data, or draw training-curves, reconstructions, reconstruction-grid, samples or traversal, which need no labels",
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

/** Corners, middles of the edges, the centre and the points between: what is pictured on a latent map. */
export function landmarks({ positions }: Stimuli): Position[] {
  const maximum = Math.max(...positions.flat());
  const [middle, quarter] = [Math.round(maximum / 2), Math.round(maximum / 4)];
  const far = maximum - quarter;
  return [
    ...[0, middle, maximum].flatMap((xU) => [0, middle, maximum].map((xL): Position => [xU, xL])),
    ...[quarter, far].flatMap((xU) => [quarter, far].map((xL): Position => [xU, xL])),
  ];
}
