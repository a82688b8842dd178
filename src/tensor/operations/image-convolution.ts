import { sizeOf } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { batchOf, type FeatureMap, natural } from "./feature-map.js";
import { gather, scatterSum } from "./gather.js";
import { reshape, transpose } from "./layout.js";
import { matMul } from "./matmul.js";
import { tapTable, type Window } from "./window.js";

// The first and the last convolution of a network, from and to images of few channels. A patch is a few numbers then: what is moved are the numbers of
// one position and channel of all images, next to each other, and each patch is turned over as a whole.

/**
 * Fine -> coarse, from images of few channels: `convolve` of the map that they are.
 * @param images [B, fine positions * Cf].
 * @param weight [kernel² * Cf, Cc].
 * @returns a map of Cc channels, of the window's coarse size.
 * @throws ShapeError where they do not fit the window.
 */
export function convolveImages(images: Tensor, weight: Tensor, window: Window): FeatureMap {
  const batch = images.shape[0]!;
  const [fine, coarse] = [sizeOf(window.fine), sizeOf(window.coarse)];
  const [taps, channels] = [window.kernel ** 2, images.shape[1]! / fine];
  const planes = reshape(transpose(images), [fine, channels * batch]);
  const taken = gather(planes, 0, { shape: [coarse * taps], positions: tapTable(window) });
  const patches = transpose(reshape(taken, [coarse, taps * channels, batch]));
  return {
    rows: matMul(reshape(patches, [coarse * batch, taps * channels]), weight),
    order: natural(window.coarse),
  };
}

/**
 * Coarse -> fine, to images of few channels: the adjoint of {@link convolveImages} in the images.
 * @param map of Cc channels, of the window's coarse size.
 * @param weight [kernel² * Cf, Cc].
 * @returns images [B, fine positions * Cf].
 * @throws ShapeError where they do not fit the window.
 */
export function convolveTransposedToImages(map: FeatureMap, weight: Tensor, window: Window): Tensor {
  return spreadOntoImages(
    map,
    transpose(weight),
    tapTable(window, natural(window.fine), map.order),
    sizeOf(window.fine),
  );
}

/**
 * Fine -> coarse, to images of few channels. Taps are multiplied first, then added up.
 * @param map of Cf channels, of the window's fine size.
 * @param weight [kernel² * Cf, Cc].
 * @returns images [B, coarse positions * Cc].
 * @throws ShapeError where they do not fit the window.
 */
export function convolveToImages(map: FeatureMap, weight: Tensor, window: Window): Tensor {
  const taps = window.kernel ** 2;
  const [rows, outputs] = weight.shape as [number, number];
  const channels = rows / taps;
  const byTap = reshape(transpose(reshape(weight, [taps, channels, outputs]), [1, 0, 2]), [
    channels,
    taps * outputs,
  ]);
  const targets = new Int32Array(sizeOf(window.fine) * taps).fill(-1);
  tapTable(window, map.order).forEach((place, i) => {
    if (place >= 0) targets[place * taps + (i % taps)] = Math.floor(i / taps);
  });
  return spreadOntoImages(map, byTap, targets, sizeOf(window.coarse));
}

/**
 * Each place of a map times a weight [C, taps * channels], added up on images [B, positions * channels].
 * @param targets the position that each tap of each place falls on, [places * taps]; -1 for none.
 */
function spreadOntoImages(map: FeatureMap, weight: Tensor, targets: Int32Array, positions: number): Tensor {
  const batch = batchOf(map);
  const places = map.rows.shape[0]! / batch;
  const channels = (weight.shape[1]! * places) / targets.length;
  const spread = reshape(matMul(map.rows, weight), [places, batch, weight.shape[1]!]);
  const planes = reshape(transpose(spread), [targets.length, channels * batch]);
  const sums = scatterSum(planes, 0, targets, positions);
  return transpose(reshape(sums, [positions * channels, batch]));
}
