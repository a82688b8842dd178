/**
 * The Corridors images of D'Amato, Lancia and Pezzulo, "The geometry of efficient codes": two corridors, one above
 * and one below the middle row, each in a column of its own, with ragged walls.
 */
import { refuse } from "../errors.js";
import { allocateBytes } from "../files/memory.js";
import { PhiloxStream } from "../random/stream.js";
import { type CellFrequencies, type CellWeights, cellWeights } from "./corridors-bias.js";
import type { ImageTable } from "./dataset.js";

/** What is drawn; see rules D6 and D7. */
export interface CorridorsOptions extends CellFrequencies {
  /** Number of images; by default 200,000, or, with a bias, its samples per cell summed over the cells. */
  readonly samples?: number | undefined;
  /** An integer in [0, 2^53); 0 by default. */
  readonly seed?: number | undefined;
  /** Side of the square image in pixels, an odd number; 13 by default. */
  readonly size?: number | undefined;
  /** Width of the corridor's ragged walls in pixels; 1.2 by default. */
  readonly sigma?: number | undefined;
}

/** The paper's choices. */
export const CORRIDORS_DEFAULTS = { samples: 200_000, seed: 0, size: 13, sigma: 1.2 } as const;
/** The minimum and the maximum side of an image in pixels. */
export const CORRIDORS_SIZES = [3, 255] as const;

/** Names of the two labels: the columns of the upper and of the lower corridor, counted from 0. */
export const CORRIDORS_LABELS = ["xU", "xL"] as const;

const WORDS = 2 ** 32;
const BLACK = 1;

/**
 * The options with every default filled in.
 * @throws UserError for an option out of its range.
 */
export function resolveCorridors({
  samples: asked,
  seed = CORRIDORS_DEFAULTS.seed,
  size = CORRIDORS_DEFAULTS.size,
  sigma = CORRIDORS_DEFAULTS.sigma,
  bias,
  weights: given,
}: CorridorsOptions) {
  const [minimum, maximum] = CORRIDORS_SIZES;
  const isSize = Number.isInteger(size) && size % 2 === 1 && size >= minimum && size <= maximum;
  requireThat(isSize, "size", size, `an odd number from ${minimum} to ${maximum}`);
  requireThat(sigma > 0 && Number.isFinite(sigma), "sigma", sigma, "a number of pixels above 0");
  requireThat(Number.isSafeInteger(seed) && seed >= 0, "seed", seed, "an integer from 0 to 2^53 - 1");
  const weights = cellWeights({ bias, weights: given }, size);
  const samples =
    asked ??
    (bias === undefined ? CORRIDORS_DEFAULTS.samples : weights.reduce((sum, weight) => sum + weight));
  const isNumber = Number.isInteger(samples) && samples >= 1 && samples < WORDS;
  requireThat(isNumber, "samples", samples, "an integer from 1 to 2^32 - 1");
  return { samples, seed, size, sigma, weights };
}

function requireThat(good: boolean, name: string, value: unknown, must: string): void {
  if (good) return;
  refuse(`corridors, ${name}`, `got ${value}`, `Give ${must}`);
}

/**
 * Draws Corridors images (rule D6). Image i depends only on the seed, the bias, the size, sigma and i, so a longer
 * data set begins with the shorter one.
 * @param onProgress called now and then with the number of images that are done.
 * @returns N images of shape `[size, size, 1]`, bytes 1 black and 0 white, and the labels `xU`, `xL`.
 * @throws UserError when an option is out of its range, or the images do not fit into memory.
 */
export function generateCorridors(
  options: CorridorsOptions = {},
  onProgress?: (done: number) => void,
): ImageTable {
  const { samples, seed, size, sigma, weights } = resolveCorridors(options);
  const pixels = size * size;
  const about = { what: `${samples} images of ${pixels} bytes`, remedy: "Ask for fewer samples" };
  const images = allocateBytes(samples * pixels, "corridors, samples", about);
  const labels = new Int32Array(allocateBytes(2 * samples * 4, "corridors, samples", about).buffer);
  images.fill(BLACK);

  const stream = new PhiloxStream(seed, "corridors image");
  const drawCell = cellSampler(weights, stream);
  const thresholds = whiteThresholds(size, sigma);
  for (let i = 0; i < samples; i++) {
    stream.restart(i);
    const cell = drawCell();
    const upper = Math.floor(cell / size);
    const lower = cell % size;
    labels[2 * i] = upper;
    labels[2 * i + 1] = lower;
    drawImage(images, i * pixels, size, upper, lower, thresholds, stream);
    if (onProgress && i % 4096 === 4095) onProgress(i + 1);
  }
  onProgress?.(samples);
  return {
    count: samples,
    imageShape: [size, size, 1],
    images,
    scale: 1,
    labels,
    labelNames: CORRIDORS_LABELS,
  };
}

/**
 * For every distance from the corridor's column, how many of the 2^32 random words make a pixel white. The exact
 * Gaussian falls to 0 where fewer than half a word would do; whole words also hide the last bits of Math.exp, which
 * differ between engines.
 */
export function whiteThresholds(size: number, sigma: number): Float64Array {
  return Float64Array.from({ length: size }, (_, distance) =>
    Math.round(Math.exp(-(distance * distance) / (2 * sigma * sigma)) * WORDS),
  );
}

/** Draws cells in proportion to their weights. */
function cellSampler(weights: CellWeights, stream: PhiloxStream): () => number {
  const cumulative = new Float64Array(weights.length);
  let total = 0;
  weights.forEach((weight, cell) => {
    total += weight;
    cumulative[cell] = total;
  });
  if (total > WORDS) {
    refuse(
      "corridors",
      `the samples of all cells add up to ${total}, more than 2^32`,
      "Give smaller numbers in the same ratio",
    );
  }
  return () => {
    const drawn = stream.integer(total);
    let low = 0;
    let high = weights.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Makes white what is white in one image, which is all black so far. */
function drawImage(
  images: Uint8Array,
  offset: number,
  size: number,
  upper: number,
  lower: number,
  thresholds: Float64Array,
  stream: PhiloxStream,
): void {
  const middleRow = (size - 1) / 2;
  for (let row = 0; row < size; row++) {
    const start = offset + row * size;
    if (row === middleRow) {
      images.fill(0, start, start + size);
      continue;
    }
    const corridor = row < middleRow ? upper : lower;
    for (let column = 0; column < size; column++) {
      const threshold = thresholds[Math.abs(column - corridor)];
      if (threshold === 0) continue;
      if (threshold === WORDS || stream.uint32() < threshold) images[start + column] = 0;
    }
  }
}
