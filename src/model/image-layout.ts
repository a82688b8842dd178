import type { Scope } from "../nn/scope.js";
import { transpose } from "../tensor/operations/layout.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ImageShape } from "./parts.js";

/**
 * How a batch of images is laid out in an exported model: N images, height, width and channels (as in TensorFlow, and everywhere in
 * Narrows), or channels before the positions (as in PyTorch).
 */
export const IMAGE_LAYOUTS = ["NHWC", "NCHW"] as const;
/** One of `IMAGE_LAYOUTS`. */
export type ImageLayout = (typeof IMAGE_LAYOUTS)[number];

/** Images as the batch's field `images` of that layout, as the model takes them: [batchSize, height, width, channels]. */
export function imagesInput(
  scope: Scope,
  batchSize: number,
  [height, width, channels]: ImageShape,
  layout: ImageLayout,
): Tensor {
  if (layout === "NHWC") return scope.batch("images", [batchSize, height, width, channels]);
  return transpose(scope.batch("images", [batchSize, channels, height, width]), [0, 2, 3, 1]);
}

/** Images [B, height, width, channels] in a layout. */
export function imagesOutput(images: Tensor, layout: ImageLayout): Tensor {
  return layout === "NHWC" ? images : transpose(images, [0, 3, 1, 2]);
}
