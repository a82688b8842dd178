import type { ImageTable } from "../../../data/dataset.js";
import type { Features } from "../../../features/features.js";
import { toPoints } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import { frechetDistance, kernelDistance, slicedWasserstein } from "../../../quality/index.js";
import type { SampleQuality } from "./results.js";

/**
 * Blocks of the kernel distance, and directions of the sliced one: enough to distinguish epochs, in a second
 * or two.
 */
const BLOCKS = 20;
const BLOCK_SIZE = 500;
const PROJECTIONS = 64;

/** Images that others are held against. */
export interface Reference {
  readonly pixels: NumericArray<Float32Array>;
  readonly features: NumericArray<Float32Array>;
}

/**
 * How near images are to the reference: by their features, and by their pixels along random directions (rules
 * Q1 to Q3).
 */
export async function qualityOf(
  images: ImageTable & { readonly images: Float32Array },
  reference: Reference,
  features: Features,
): Promise<SampleQuality> {
  const made = toPoints(await features.of(images), "features of made images");
  const real = toPoints(reference.features, "features of test images");
  const pixels = { shape: [images.count, images.images.length / images.count], data: images.images };
  const fewer = Math.min(made.count, real.count);
  const blocks = { blocks: BLOCKS, blockSize: Math.min(BLOCK_SIZE, Math.floor(fewer / 2)) };
  return {
    frechet: frechetDistance(made, real).distance,
    kernel: kernelDistance(made, real, blocks).distance,
    slicedWasserstein: slicedWasserstein(
      toPoints(pixels, "made images"),
      toPoints(reference.pixels, "test images"),
      { projections: PROJECTIONS },
    ).w1,
  };
}
