import type { ImageTable } from "../data/dataset.js";
import { assertPixels, assertSameScale } from "../data/images/pixels.js";
import { imageTable } from "../data/images/read-arrays.js";
import { pixelValues } from "../data/pixel-moments.js";
import { sliceDataset } from "../data/split.js";
import { UserError } from "../errors.js";
import { toPoints } from "../geometry/index.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import {
  type FrechetDistance,
  frechetDistance,
  type KernelDistance,
  kernelDistance,
  type SlicedWasserstein,
  slicedWasserstein,
} from "../quality/index.js";
import { decodeCodes, sampleMarginal } from "../training/decode.js";
import { reconstructTable } from "../training/encode.js";
import type { TrainedRun } from "../training/trained-run.js";
import { asTable, type Features } from "./features.js";

/** Generated images and real ones, or numbers that stand for them: one row per image. */
export interface ImagePair {
  /** What the generated ones are. */
  readonly name: string;
  /** [N, pixels], [N, height, width, channels] or features [N, F]: the generated ones. */
  readonly made: NumericArray;
  /** The real ones, with the same axes behind the first. */
  readonly real: NumericArray;
  /** Shape of an image whose values are from 0 to 1; arrays without one are read by rule D19. */
  readonly imageShape?: ImageTable["imageShape"];
}

/** How near generated images are to real ones (rules Q1 to Q3). */
export interface ImageQuality {
  readonly name: string;
  /** Numbers of images. */
  readonly samples: { readonly made: number; readonly real: number };
  /** On features: in their squared units (rule Q1). */
  readonly frechet: FrechetDistance;
  /** On features, without a unit (rule Q2). */
  readonly kernel: KernelDistance;
  /** Of the numbers as given, in their unit, whatever the features are (rule Q3). */
  readonly sliced: SlicedWasserstein;
}

/**
 * Two arrays as they are: features, pixels, or images, which have more than two axes and hold pixels (rule
 * D19).
 * @param made [N_x, ...]: the generated ones.
 * @param real [N_y, ...].
 * @param names what messages call both.
 * @throws UserError for images that hold no pixels, and where one array is of bytes and the other of values
 * from 0 to 1.
 */
export function pairOfArrays(
  made: NumericArray,
  real: NumericArray,
  names: readonly [made: string, real: string],
): ImagePair {
  for (const [at, array] of [made, real].entries()) {
    assertNumericArray(array, names[at]!);
    const { shape, data } = array;
    if (shape.length > 2) assertPixels(data, data.length / shape[0]!, names[at]!);
  }
  assertSameScale(made.data, real.data, [...names]);
  return { name: names[0], made, real };
}

/**
 * The reconstructions of a run and, where its marginal can be drawn from, its samples, each with its test
 * images: pixel values [N, pixels].
 * @param rows number of test images, the first ones; all by default.
 * @throws UserError for more than there are.
 */
export async function pairsOfRun(trained: TrainedRun, device: Device, rows?: number): Promise<ImagePair[]> {
  const { test } = trained.experiment.split;
  const count = rows ?? test.count;
  if (count > test.count) {
    throw new UserError({
      where: `${trained.run.name}, ${rows} rows`,
      what: `there are ${test.count} test images`,
      remedy: `Give at most ${test.count}`,
    });
  }
  const table = count === test.count ? test : sliceDataset(test, [0, count]);
  const shape = [table.count, table.images.length / table.count];
  const real = { shape, data: pixelValues(table) };
  const { imageShape } = table;
  const pair = (name: string, { data }: NumericArray) => ({ name, made: { shape, data }, real, imageShape });
  const reconstructions = pair("reconstructions", await reconstructTable(trained, device, table));
  if (!trained.model.channel.drawCode) return [reconstructions];
  const codes = await sampleMarginal(trained, device, table.count);
  return [reconstructions, pair("samples", await decodeCodes(trained, device, codes))];
}

/**
 * Fréchet distance and kernel distance on features, and sliced Wasserstein distance of the numbers as given
 * (rules Q1 to Q3).
 * @param pair generated and real images, or numbers that stand for them.
 * @param options the features, and how many numbers are drawn.
 * @param options.features undefined for the numbers as given.
 * @param options.blocks of the kernel distance.
 * @param options.projections directions of the sliced distance.
 * @param options.seed of blocks and directions.
 * @throws UserError for features of arrays that are no images, for fewer than 4 rows, for sets of different
 * width, and for numbers that are not finite.
 */
export async function imageQuality(
  { name, made, real, imageShape }: ImagePair,
  options: {
    readonly features?: Features | undefined;
    readonly blocks: number;
    readonly projections: number;
    readonly seed: number;
  },
): Promise<ImageQuality> {
  const { features, blocks, projections, seed } = options;
  const measured = async (array: NumericArray, called: string) =>
    toPoints(features ? await features.of(imagesOf(array, called, imageShape)) : array, called);
  const x = await measured(made, name);
  const y = await measured(real, `what ${name} are compared with`);
  return {
    name,
    samples: { made: made.shape[0]!, real: real.shape[0]! },
    frechet: frechetDistance(x, y),
    kernel: kernelDistance(x, y, { blocks, seed }),
    sliced: slicedWasserstein(toPoints(made, name), toPoints(real, "real images"), { projections, seed }),
  };
}

/** An array as images: those of a run have a shape and are in the range of pixel values, others are read by rule D19. */
function imagesOf(array: NumericArray, where: string, imageShape: ImagePair["imageShape"]): ImageTable {
  if (imageShape) return asTable({ shape: array.shape, data: Float32Array.from(array.data) }, imageShape);
  if (array.shape.length === 3 || array.shape.length === 4) return imageTable(array, where);
  throw new UserError({
    where: "images for features",
    what: `an array of shape [${array.shape.join(", ")}] is not one of images`,
    remedy: "Give [N, height, width] or [N, height, width, channels], with values from 0 to 1 or bytes",
  });
}
