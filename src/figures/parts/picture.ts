/**
 * Small rasters as data URIs, for image marks. Drawn larger than the data by a whole factor, because viewers differ
 * in how they enlarge an image and only some keep pixels sharp.
 */
import { encode } from "fast-png";
import type { NumericArray, NumericData } from "../../numeric-array.js";
import type { Rgb } from "./colour-map.js";

/** Base64 without Node's Buffer, so that figures can be specified in a browser. */
function base64(bytes: Uint8Array): string {
  const chunk = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  }
  return btoa(binary);
}

/** A PNG data URI of `height` x `width` cells, each `enlarge` pixels square; `colourOf(row, column)` paints them. */
export function pictureUri(
  height: number,
  width: number,
  enlarge: number,
  colourOf: (row: number, column: number) => Rgb,
): string {
  const stride = width * enlarge * 3;
  const data = new Uint8Array(height * enlarge * stride);
  for (let row = 0; row < height; row++) {
    const start = row * enlarge * stride;
    for (let column = 0; column < width; column++) {
      const colour = colourOf(row, column).map(Math.round);
      for (let k = 0; k < enlarge; k++) data.set(colour, start + (column * enlarge + k) * 3);
    }
    for (let k = 1; k < enlarge; k++) data.copyWithin(start + k * stride, start, start + stride);
  }
  const png = encode({ width: width * enlarge, height: height * enlarge, data, channels: 3, depth: 8 });
  return `data:image/png;base64,${base64(png)}`;
}

/** How an image's numbers become greys: the Corridors store 1 for a black wall, most other data 1 for white. */
export type GreyConvention = "one-is-black" | "one-is-white";

const ENLARGED_SIDE = 64;

/**
 * A PNG data URI of image `index` in an array [count, height, width] of greys in [0, 1] (clamped).
 */
export function greyPictureUri(
  images: NumericArray<NumericData>,
  index: number,
  convention: GreyConvention,
): string {
  const [, height, width] = images.shape;
  const start = index * height * width;
  const enlarge = Math.max(1, Math.round(ENLARGED_SIDE / Math.max(height, width)));
  return pictureUri(height, width, enlarge, (row, column) => {
    const value = Math.min(Math.max(images.data[start + row * width + column], 0), 1);
    const grey = 255 * (convention === "one-is-black" ? 1 - value : value);
    return [grey, grey, grey];
  });
}
