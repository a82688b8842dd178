import { pictures } from "../../../analysis/landmarks.js";
import type { NumericArray } from "../../../numeric-array.js";
import { type Position, type Stimuli, stimuliAt } from "../stimuli.js";

/** The pairs of positions whose images stand on the paper's maps: both diagonals, the middles of the edges, and between. */
const ANNOTATED: readonly Position[] = [
  [0, 12],
  [2, 10],
  [4, 8],
  [6, 6],
  [8, 4],
  [10, 2],
  [12, 0],
  [0, 0],
  [2, 2],
  [10, 10],
  [12, 12],
  [2, 4],
  [4, 2],
  [8, 10],
  [10, 8],
  [6, 12],
  [6, 0],
  [12, 6],
  [0, 6],
  [1, 5],
  [5, 1],
  [7, 11],
  [11, 7],
];

/** The first stimulus that shows each of them, and its image in [0, 1]. */
export function annotatedExamples(stimuli: Stimuli): { index: number; image: NumericArray }[] {
  return pictures(stimuli.images, stimuliAt(stimuli, ANNOTATED));
}
