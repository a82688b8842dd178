import { reshape, transpose } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * A batch of maps between two layers, in the layout in which the layer before left it: as `rows` [B * height * width,
 * channels], which products like, or as `planes` [B, channels, height, width], which the runtime's convolution likes.
 */
export interface FeatureMap {
  readonly layout: "rows" | "planes";
  readonly values: Tensor;
  readonly size: readonly [height: number, width: number];
  readonly channels: number;
}

/** Images [B, height, width, channels] as a map. */
export function mapOfImages(images: Tensor): FeatureMap {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const values = reshape(images, [batch * height * width, channels]);
  return { layout: "rows", values, size: [height, width], channels };
}

/** A map as rows [B * height * width, channels]. */
export function asRows({ layout, values, size, channels }: FeatureMap): Tensor {
  if (layout === "rows") return values;
  const last = transpose(values, [0, 2, 3, 1]);
  return reshape(last, [values.shape[0]! * sizeOf(size), channels]);
}

/** A map as planes [B, channels, height, width]. */
export function asPlanes({ layout, values, size, channels }: FeatureMap): Tensor {
  if (layout === "planes") return values;
  const batch = values.shape[0]! / sizeOf(size);
  const ofRows = reshape(values, [batch, ...size, channels]);
  // One channel is its own plane: the same numbers in the same order.
  return channels === 1 ? reshape(ofRows, [batch, 1, ...size]) : transpose(ofRows, [0, 3, 1, 2]);
}

/** A map with each number passed through an elementwise function. */
export function mapValues(map: FeatureMap, change: (values: Tensor) => Tensor): FeatureMap {
  return { ...map, values: change(map.values) };
}

/** A map as one row of features for each image, [B, height * width * channels], channels innermost. */
export function flatten(map: FeatureMap): Tensor {
  const rows = asRows(map);
  const positions = sizeOf(map.size);
  return reshape(rows, [rows.shape[0]! / positions, positions * map.channels]);
}
