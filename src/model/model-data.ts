import type { OwnPart } from "../own-part.js";
import type { Task } from "./heads/index.js";
import type { PixelMoments } from "./parts.js";

/** What a model takes from its data besides their shape, and the parts it may be made of. */
export interface ModelData {
  /** The task of each head, by the head's name. */
  readonly tasks?: ReadonlyMap<string, Task>;
  /** Whether the mean image of what an image shows is known: evaluations then measure the distance from it too. */
  readonly hasCauses?: boolean;
  /** Mean training image, for what begins with it. */
  readonly meanImage?: () => Float32Array;
  /** Moments of the training images' pixels, for prices that follow from the data. */
  readonly pixelMoments?: () => PixelMoments;
  /** The largest variance of the training images in any direction, each pixel weighted. */
  readonly largestVariance?: (weights: Float64Array) => number;
  /** Parts and metrics of one's own, in addition to those of Narrows. */
  readonly parts?: readonly OwnPart[];
}
