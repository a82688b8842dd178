/**
 * Resizes an image by area means (rule D18): a new pixel is the mean of the old ones below it, each weighed by the area that
 * it shares with it. The sums over bytes are of whole numbers, so that nothing is rounded in them.
 * @param values `height * width * channels` numbers, channels last.
 * @param size height and width wanted, smaller or greater.
 * @returns the means, not rounded, `size[0] * size[1] * channels` of them.
 */
export function areaMeans(
  values: ArrayLike<number>,
  [height, width, channels]: readonly [height: number, width: number, channels: number],
  [newHeight, newWidth]: readonly [height: number, width: number],
): Float64Array {
  // First along rows, then along columns. Lengths are counted in parts of 1 / (old * new) of the side.
  const narrow = alongMiddle(values, height, width, channels, newWidth);
  const sums = alongMiddle(narrow, 1, height, newWidth * channels, newHeight);
  for (let i = 0; i < sums.length; i++) sums[i] /= height * width;
  return sums;
}

/** Sums over the middle one of three axes, `[outer, length, inner]`, into `[outer, newLength, inner]`: shared length times value. */
function alongMiddle(
  values: ArrayLike<number>,
  outer: number,
  length: number,
  inner: number,
  newLength: number,
): Float64Array {
  const out = new Float64Array(outer * newLength * inner);
  for (let to = 0; to < newLength; to++) {
    const start = to * length;
    const end = start + length;
    for (let from = Math.floor(start / newLength); from * newLength < end; from++) {
      const shared = Math.min((from + 1) * newLength, end) - Math.max(from * newLength, start);
      for (let o = 0; o < outer; o++) {
        const source = (o * length + from) * inner;
        const target = (o * newLength + to) * inner;
        for (let k = 0; k < inner; k++) out[target + k] += shared * values[source + k];
      }
    }
  }
  return out;
}
