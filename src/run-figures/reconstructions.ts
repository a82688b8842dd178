import { type Dataset, type ImageTable, valuesPerImage } from "../data/dataset.js";
import { selectRows } from "../data/split.js";
import { UserError } from "../errors.js";
import type { FigureSpec } from "../figures/figure.js";
import { imageGrid } from "../figures/image-grid.js";
import { type ReconstructionsOptions, reconstructions } from "../figures/reconstructions.js";
import type { NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { PhiloxStream } from "../random/stream.js";
import { reconstructTable } from "../training/encode.js";
import { imageSizeOf, type Runs, requireAlike, titlesOf } from "./runs.js";

/** Which test images are reconstructed. */
export interface ReconstructionChoice extends ReconstructionsOptions {
  /** How many images, drawn at random from the test rows of the first run. Default 8, in a grid 36, or all there are. */
  readonly count?: number;
  /** Keys the choice of images and the noise of the channel. Default: each run's own. */
  readonly seed?: number;
}

const COUNT = 8;
const GRID_COUNT = 36;

/**
 * Test images of the first run, and under each what every run makes of it through its channel.
 * @param runs one or several.
 * @param device where images are reconstructed.
 * @param choice which images.
 * @throws UserError when there are fewer images, or the runs' images differ in size.
 */
export async function drawReconstructions(
  runs: Runs,
  device: Device,
  { count, seed, ...options }: ReconstructionChoice = {},
): Promise<FigureSpec> {
  return reconstructionsOf(runs, device, testImages(runs, count ?? atMost(runs, COUNT), seed), {
    seed,
    ...options,
  });
}

/**
 * Given images, and under each what every run makes of it through its channel, whose noise is keyed by
 * `seed`: each run's own by default.
 * @param runs one or several.
 * @param device where they are reconstructed.
 * @param images of the shape that every run takes.
 * @param options the seed, and how the figure is drawn.
 * @throws UserError when the images are not of the runs' shape.
 */
export async function reconstructionsOf(
  runs: Runs,
  device: Device,
  images: Dataset,
  { seed, ...options }: Omit<ReconstructionChoice, "count" | "seed"> & { seed?: number | undefined } = {},
): Promise<FigureSpec> {
  const made = await reconstructed(runs, device, images, seed);
  return reconstructions(
    { rows: [{ title: "image", images: valuesOf(images) }, ...made] },
    { caption: "Images of the test rows, and under each its reconstruction.", ...options },
  );
}

/** Which test images are reconstructed, and how many stand in a row. */
export interface ReconstructionGridChoice extends ReconstructionChoice {
  /** Images in a row. Default 12. */
  readonly columns?: number;
}

/**
 * A grid of test images of the first run, and next to it grids of what every run makes of them.
 * @param runs one or several.
 * @param device where images are reconstructed.
 * @param choice which images.
 * @throws UserError when there are fewer images, or the runs' images differ in size.
 */
export async function drawReconstructionGrid(
  runs: Runs,
  device: Device,
  { count, seed, ...options }: ReconstructionGridChoice = {},
): Promise<FigureSpec> {
  const images = testImages(runs, count ?? atMost(runs, GRID_COUNT), seed);
  const made = await reconstructed(runs, device, images, seed);
  return imageGrid(
    { panels: [{ title: "images", images: valuesOf(images) }, ...made] },
    {
      title: "Reconstructions",
      caption: "Images of the test rows, and next to them their reconstructions at the same places.",
      ...options,
    },
  );
}

function atMost([first]: Runs, count: number): number {
  return Math.min(count, first.experiment.split.test.count);
}

/**
 * Images at random from the test rows of the first run, in the order drawn.
 * @throws UserError when there are fewer.
 */
export function testImages([first]: Runs, count: number, seed = first.seed): Dataset {
  const { test } = first.experiment.split;
  if (count > test.count) {
    throw new UserError({
      where: `${count} images to reconstruct`,
      what: `the test rows of ${first.run.name} hold ${test.count}`,
      remedy: `Ask for at most ${test.count}`,
    });
  }
  const order = new PhiloxStream(seed, "images to reconstruct").permutation(test.count);
  return selectRows(test, order.subarray(0, count));
}

async function reconstructed(runs: Runs, device: Device, images: Dataset, seed: number | undefined) {
  requireAlike(runs, "image size", imageSizeOf);
  const titles = titlesOf(runs);
  const made = [];
  for (const [index, trained] of runs.entries()) {
    const { data } = await reconstructTable({ ...trained, seed: seed ?? trained.seed }, device, images);
    made.push({ title: titles[index], images: { shape: [images.count, ...images.imageShape], data } });
  }
  return made;
}

/** All images of a table as numbers [images, height, width, channels]. */
export function valuesOf(table: ImageTable): NumericArray {
  const { images, imageShape, scale, count } = table;
  const bytes = images.subarray(0, count * valuesPerImage(table));
  return { shape: [count, ...imageShape], data: Float32Array.from(bytes, (byte) => byte * scale) };
}
