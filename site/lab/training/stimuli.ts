import { generateCorridors } from "../../../src/data/corridors.js";
import type { ImageTable } from "../../../src/data/dataset.js";
import { asDataset } from "../../../src/data/fingerprint.js";
import { selectRows } from "../../../src/data/split.js";
import { CELLS, SIDE } from "../../../src/lab/experiment.js";
import type { Stimuli } from "../core/contract.js";

/** Images of each pair of positions on the map. */
const PER_CELL = 3;
/** Enough images that every pair is among them as often. */
const DRAWN = 4000;
/** Of no training: an experiment's images have the seed 0. */
const SEED = 169;

/** The images on which codes are looked at: as many of each pair of positions, in the order of the pairs, xU the slow index. */
export function stimulusTable(): ImageTable {
  const drawn = generateCorridors({ samples: DRAWN, seed: SEED });
  const rows: number[][] = Array.from({ length: CELLS }, () => []);
  for (let row = 0; row < drawn.count; row++) {
    const cell = rows[drawn.labels![2 * row]! * SIDE + drawn.labels![2 * row + 1]!]!;
    if (cell.length < PER_CELL) cell.push(row);
  }
  const chosen = rows.flat();
  if (chosen.length !== CELLS * PER_CELL) throw new Error(`${chosen.length} stimuli were drawn`);
  return selectRows(asDataset("stimuli", drawn), chosen);
}

/** What the page needs to know of them. */
export function stimuliOf({ count, images, labels }: ImageTable): Stimuli {
  const column = (which: 0 | 1) => Uint8Array.from({ length: count }, (_, row) => labels![2 * row + which]!);
  return { count, xU: column(0), xL: column(1), images: Uint8Array.from(images) };
}
