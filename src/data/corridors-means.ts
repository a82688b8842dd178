import { refuse } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { type CorridorsOptions, resolveCorridors, whiteThresholds } from "./corridors.js";

const WORDS = 2 ** 32;
/** A larger image's cells would not fit into one array. */
const LARGEST_SIZE = 63;

/**
 * How black each pixel of a row is on average, for every column of its corridor (rule D6).
 * @returns [size, size]: corridor's column, pixel's column; 0 in the corridor itself, near 1 far from it.
 * @throws UserError when size or sigma is out of its range.
 */
export function corridorsMeanRows(
  options: Pick<CorridorsOptions, "size" | "sigma"> = {},
): NumericArray<Float64Array> {
  const { size, sigma } = resolveCorridors(options);
  const thresholds = whiteThresholds(size, sigma);
  return {
    shape: [size, size],
    data: Float64Array.from({ length: size * size }, (_, k) => {
      const distance = Math.abs((k % size) - Math.floor(k / size));
      return 1 - thresholds[distance] / WORDS;
    }),
  };
}

/**
 * The mean image of every cell (xU, xL) over all of its random walls (rules D6 and B6): the expected image when only
 * the positions are known.
 * @returns [size * size cells, size, size], xU the slow index of a cell; values from 0, white, to 1, black.
 * @throws UserError when size or sigma is out of its range, or size is above 63.
 */
export function corridorsMeanImages(
  options: Pick<CorridorsOptions, "size" | "sigma"> = {},
): NumericArray<Float64Array> {
  const {
    shape: [size],
    data: rows,
  } = corridorsMeanRows(options);
  if (size > LARGEST_SIZE) {
    refuse(
      "corridors, size",
      `the mean images of all ${size * size} cells of ${size} x ${size} pixels do not fit into one array`,
      `Give a size of at most ${LARGEST_SIZE}, or put images together from corridorsMeanRows`,
    );
  }
  const cells = size * size;
  const images = new Float64Array(cells * cells);
  const middleRow = (size - 1) / 2;
  for (let cell = 0; cell < cells; cell++) {
    for (let row = 0; row < size; row++) {
      if (row === middleRow) continue;
      const corridor = row < middleRow ? Math.floor(cell / size) : cell % size;
      images.set(rows.subarray(corridor * size, (corridor + 1) * size), cell * cells + row * size);
    }
  }
  return { shape: [cells, size, size], data: images };
}
