import { type Shape, sizeOf } from "../shape.js";
import { shapeError } from "../shape-error.js";
import type { Tensor } from "../tensor.js";
import { gather } from "./gather.js";
import { reshape, transpose } from "./layout.js";

/** At each place along an axis of a stored map, the position of the picture that lies there. */
export type AxisOrder = readonly number[];

/**
 * Maps of a batch, stored position by position: rows [height * width * B, channels], the images of the batch next to each other. So a matrix on one
 * axis of all maps is one product with the rows read as [height, width * B * channels]. The positions of an axis may lie in any order.
 */
export interface FeatureMap {
  /** [height * width * B, channels]. */
  readonly rows: Tensor;
  /** In which order the positions of each axis are stored. */
  readonly order: readonly [height: AxisOrder, width: AxisOrder];
}

/** The positions of an axis from first to last. */
export function inOrder(extent: number): AxisOrder {
  return Array.from({ length: extent }, (_, position) => position);
}

/** Positions of both axes from first to last. */
export function natural([height, width]: readonly [number, number]): FeatureMap["order"] {
  return [inOrder(height), inOrder(width)];
}

/** Height and width of a map. */
export function extentOf({ order: [height, width] }: FeatureMap): [height: number, width: number] {
  return [height.length, width.length];
}

/** How many images a map holds. */
export function batchOf(map: FeatureMap): number {
  return map.rows.shape[0]! / sizeOf(extentOf(map));
}

/** For each position of the map, row by row, the place at which it is stored. */
function placeTable({ order: [height, width] }: FeatureMap): Int32Array {
  const table = new Int32Array(height.length * width.length);
  height.forEach((row, i) => {
    width.forEach((column, j) => {
      table[row * width.length + column] = i * width.length + j;
    });
  });
  return table;
}

/**
 * The map that images are.
 * @param images [B, height * width * channels].
 * @param size [height, width].
 * @throws ShapeError when the images are not whole maps.
 */
export function mapOfImages(images: Tensor, size: readonly [number, number]): FeatureMap {
  const [batch, numbers] = images.shape as [number, number];
  const positions = sizeOf(size);
  if (images.shape.length !== 2 || numbers % positions !== 0)
    throw shapeError("mapOfImages", [images], `needs a row for each image, of ${size.join("x")} positions`);
  const channels = numbers / positions;
  const rows = swapOuter(images, [batch, positions, channels]);
  return { rows: reshape(rows, [positions * batch, channels]), order: natural(size) };
}

/** A map as images [B, height * width * channels]: the adjoint and inverse of {@link mapOfImages}. */
export function imagesOf(map: FeatureMap): Tensor {
  const positions = sizeOf(extentOf(map));
  const channels = map.rows.shape[1]!;
  const batch = batchOf(map);
  const inPlace = gather(reshape(map.rows, [positions, batch * channels]), 0, {
    shape: [positions],
    positions: placeTable(map),
  });
  return reshape(swapOuter(inPlace, [positions, batch, channels]), [batch, positions * channels]);
}

/** The numbers of x, read in this shape of three axes, with the first two exchanged. */
function swapOuter(x: Tensor, shape: Shape): Tensor {
  return transpose(reshape(x, shape), [1, 0, 2]);
}
