/** Weights are whole numbers of this part of 1, so that sums of bytes are exact and ties round as Pillow's do. */
const UNIT = 2 ** 22;

/** For each place along an axis, the places it is made of and their weights, which sum to 1 (up to rounding) in units. */
interface Taps {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Resizes grey or colour images by linear interpolation between the centres of pixels; where an image shrinks, the triangle of weights is
 * as wide as the new pixels (rule D27). Bytes are rounded after the rows and again after the columns: Pillow's BILINEAR, byte for byte.
 * @param images `count * height * width * channels` bytes, channels last.
 * @param size height and width wanted.
 */
export function resizeBilinear(
  images: Uint8Array,
  count: number,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  [newHeight, newWidth]: readonly [height: number, width: number],
): Uint8Array {
  const narrow = alongMiddle(images, count * height, width, channels, newWidth);
  return alongMiddle(narrow, count, height, newWidth * channels, newHeight);
}

/** Resamples the middle one of three axes, `[outer, length, inner]`, to `newLength` places. */
function alongMiddle(
  values: Uint8Array,
  outer: number,
  length: number,
  inner: number,
  newLength: number,
): Uint8Array {
  const taps = tapsOf(length, newLength);
  const out = new Uint8Array(outer * newLength * inner);
  for (let o = 0; o < outer; o++) {
    taps.forEach(({ first, weights }, to) => {
      for (let k = 0; k < inner; k++) {
        let sum = UNIT / 2;
        for (let tap = 0; tap < weights.length; tap++) {
          sum += weights[tap]! * values[(o * length + first + tap) * inner + k]!;
        }
        out[(o * newLength + to) * inner + k] = Math.floor(sum / UNIT);
      }
    });
  }
  return out;
}

function tapsOf(length: number, newLength: number): Taps[] {
  const step = length / newLength;
  const reach = Math.max(1, step);
  return Array.from({ length: newLength }, (_, to) => {
    const centre = (to + 0.5) * step;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(length, Math.floor(centre + reach + 0.5));
    const weights = Array.from({ length: end - first }, (_, tap) =>
      Math.max(0, 1 - Math.abs((first + tap + 0.5 - centre) / reach)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: weights.map((weight) => Math.round((weight / total) * UNIT)) };
  });
}
