import type { ImageShape } from "../../src/model/parts.js";

/** Rows [N, H, W, C] with channels first: [N, C, H, W]. */
export function channelsFirst(data: Float32Array, [h, w, c]: ImageShape): Float32Array {
  return data.map((_, i) => {
    const [image, rest] = [Math.floor(i / (h * w * c)), i % (h * w * c)];
    return data[image * h * w * c + (rest % (h * w)) * c + Math.floor(rest / (h * w))]!;
  });
}
