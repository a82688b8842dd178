import { UserError } from "../errors.js";
import type { PhiloxStream } from "../random/stream.js";
import { type Shape, sizeOf } from "../tensor/shape.js";
import type { Distribution } from "../tensor/tensor.js";

/**
 * What keys a batch's noise. A number: its step, and the batch has one noise as a whole. Or rows of a table: every
 * `rowsPerStep` rows of the table share a step, and each has its own place in it, so that an image meets the same noise in
 * whatever batch it comes.
 */
export type NoiseKey = number | { readonly rows: Uint32Array; readonly rowsPerStep: number };

/**
 * Fills an array with noise of a stream.
 * @param shape Of the array; the images of a batch on the first axis, where the noise is keyed by rows.
 * @throws UserError when noise that a batch has as a whole is keyed by rows.
 */
export function fillNoise(
  stream: PhiloxStream,
  key: NoiseKey,
  distribution: Distribution,
  shape: Shape,
  into: Float32Array,
): void {
  if (typeof key === "number") fill(stream.restart(key), distribution, shape, into);
  else fillRows(stream, key, distribution, shape, into);
}

function fill(stream: PhiloxStream, distribution: Distribution, shape: Shape, into: Float32Array): void {
  if (distribution === "normal") stream.fillNormal(into);
  else if (distribution === "uniform") stream.fillUniform(into);
  else if ("dropout" in distribution) stream.fillDropout(into, distribution.dropout);
  else if ("below" in distribution) stream.fillBelow(into, distribution.below);
  else stream.fillDistinct(into, distribution.distinctBelow, shape.at(-1)!);
}

function fillRows(
  stream: PhiloxStream,
  { rows, rowsPerStep }: Exclude<NoiseKey, number>,
  distribution: Distribution,
  shape: Shape,
  into: Float32Array,
): void {
  // A place in a stream is known beforehand only where every number takes one word.
  if (distribution !== "normal" && distribution !== "uniform") {
    throw new UserError({
      where: "model",
      what: `a part draws noise of the kind ${JSON.stringify(distribution)} for images, which a batch has as a whole, in an evaluation that gives each image noise of its own`,
      remedy: "Draw normal or uniform noise, or say that the channel mixes images (mixesImages: true)",
    });
  }
  const width = sizeOf(shape.slice(1));
  rows.forEach((row, i) => {
    const place = row % rowsPerStep;
    const follows = i > 0 && place > 0 && row === rows[i - 1]! + 1;
    if (!follows) stream.restart(Math.floor(row / rowsPerStep)).skip(place * width);
    fill(stream, distribution, shape, into.subarray(i * width, (i + 1) * width));
  });
}
