/**
 * Small rasters as data URIs, for image marks. Drawn larger than the data by a whole factor, because viewers differ
 * in how they enlarge an image and only some keep pixels sharp.
 */

import { encode } from "fast-png";
import { refuse } from "../../errors.js";
import type { NumericArray } from "../../numeric-array.js";
import { type FigureOptions, requireShape, type UnitSpec } from "../figure.js";
import { STYLE } from "../theme.js";
import { unit } from "./plane.js";

/** Base64 without Node's Buffer, so that figures can be specified in a browser. */
function base64(bytes: Uint8Array): string {
  const chunk = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  }
  return btoa(binary);
}

/**
 * A PNG data URI of `height` x `width` cells, each `enlarge` pixels square; `levelsOf(row, column)` paints them: one level
 * (grey, a third of the bytes) or three (red, green, blue), 0 to 255.
 */
export function pictureUri(
  height: number,
  width: number,
  enlarge: number,
  levelsOf: (row: number, column: number) => readonly number[],
): string {
  const channels = levelsOf(0, 0).length as 1 | 3;
  const stride = width * enlarge * channels;
  const data = new Uint8Array(height * enlarge * stride);
  for (let row = 0; row < height; row++) {
    const start = row * enlarge * stride;
    for (let column = 0; column < width; column++) {
      const levels = levelsOf(row, column).map(Math.round);
      for (let k = 0; k < enlarge; k++) data.set(levels, start + (column * enlarge + k) * channels);
    }
    for (let k = 1; k < enlarge; k++) data.copyWithin(start + k * stride, start, start + stride);
  }
  const png = encode({ width: width * enlarge, height: height * enlarge, data, channels, depth: 8 });
  return `data:image/png;base64,${base64(png)}`;
}

/** How an image's numbers become greys. */
export type GreyConvention = "one-is-black" | "one-is-white";

/**
 * Checks that an array is [images, height, width], or [images, height, width, channels] with 1 (grey) or 3 channels
 * (red, green, blue).
 * @throws UserError naming `where` and the shape found.
 */
export function requireImages(images: NumericArray, where: string): void {
  const axes = ["images", "height", "width"];
  requireShape(images, images.shape.length === 4 ? [...axes, "channels"] : axes, where);
  const [, , , channels = 1] = images.shape;
  if (channels === 1 || channels === 3) return;
  refuse(
    where,
    `the images have ${channels} channels`,
    "Give images of 1 channel (grey) or 3 (red, green, blue)",
  );
}

/** How large an image stands on the page, in the figure's units, and how many pixels of the file show one of its own. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly enlarge: number;
}

/** A figure's unit is drawn with two pixels where nothing else is asked for; pictures then need no resampling. */
const PIXELS_PER_UNIT = 2;
/** An image that is larger than its place by up to this factor still shows each of its pixels as one. */
const OVERSIZE = 1.5;

/**
 * The size of the images on a page where the longer side may take about `side` units. A pixel of a small image is a whole
 * number of pixels of the file (nearest neighbour, no blur); an image too large for that is left to the viewer to shrink.
 */
export function pictureSize({ shape: [, height, width] }: NumericArray, side: number): PictureSize {
  const fit = (PIXELS_PER_UNIT * side) / Math.max(height, width);
  const enlarge = Math.max(1, Math.round(fit));
  const scale = (fit * OVERSIZE < 1 ? fit : enlarge) / PIXELS_PER_UNIT;
  return { width: width * scale, height: height * scale, enlarge };
}

/**
 * A PNG data URI of image `index` of [images, height, width] or [images, height, width, channels], numbers in [0, 1]
 * (clamped); each pixel is `enlarge` pixels square. Colours know no convention: 1 is bright.
 */
export function imageUri(
  images: NumericArray,
  index: number,
  convention: GreyConvention | undefined,
  enlarge: number,
): string {
  const [, height, width, channels = 1] = images.shape;
  const start = index * height * width * channels;
  const level = (at: number) => {
    const value = Math.min(Math.max(images.data[start + at], 0), 1);
    return 255 * (channels === 1 && convention === "one-is-black" ? 1 - value : value);
  };
  const all = Array.from({ length: channels }, (_, k) => k);
  return pictureUri(height, width, enlarge, (row, column) =>
    all.map((k) => level(channels * (row * width + column) + k)),
  );
}

/** Pictures at the places of some rows, each from its `picture`, in a thin frame. */
export function pictureMarks(
  rows: readonly object[],
  { width, height }: Omit<PictureSize, "enlarge">,
  frame: object = { style: STYLE.pictureFrame },
  encoding: NonNullable<UnitSpec["encoding"]> = {},
): UnitSpec[] {
  return [
    ...unit(
      rows,
      { type: "image", width, height, aspect: false },
      { url: { field: "picture", type: "nominal" } },
    ),
    ...unit(rows, { type: "rect", width, height, ...frame }, encoding),
  ];
}

/** Options of every figure of images. */
export interface ImageOptions extends FigureOptions {
  /** What 1 stands for in grey images. Default `one-is-white`. */
  readonly convention?: GreyConvention;
}
