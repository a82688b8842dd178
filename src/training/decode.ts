import { UserError } from "../errors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import type { Device } from "../onnx/devices.js";
import { mapRows } from "./map-rows.js";
import { decodingProgram, marginalProgram } from "./programs.js";
import type { TrainedModel } from "./state.js";

/**
 * Decodes codes: pixel values [N, height, width, channels] in the images' own range.
 * @param codes [N, D], D the dimensions of the model's code.
 * @throws UserError when the codes are not such an array, or there are none.
 */
export async function decodeCodes(
  trained: TrainedModel,
  device: Device,
  codes: NumericArray,
): Promise<NumericArray<Float32Array>> {
  assertNumericArray(codes, "codes to decode");
  const dimensions = trained.model.codeDimensions;
  const [count, width] = codes.shape;
  const isTable = codes.shape.length === 2 && count > 0;
  if (!isTable || width !== dimensions) {
    throw new UserError({
      where: "codes to decode",
      what: `the array has shape [${codes.shape.join(", ")}], where the model's codes have ${dimensions} dimensions`,
      remedy: `Give an array of at least one code, of shape [codes, ${dimensions}]`,
    });
  }
  const results = await mapRows(trained, device, {
    count,
    build: decodingProgram,
    noisePurpose: "decoding",
    fillRows(rows, into) {
      const first = rows[0] * dimensions;
      into.set(codes.data.subarray(first, first + rows.length * dimensions));
    },
  });
  return results.images;
}

/**
 * Codes from the model's marginal, of the stream (seed, "prior samples"): the first of many are those of few.
 * @param count number of codes, at least 1.
 * @returns [count, D].
 * @throws UserError when `count` is 0, and for a channel whose codes are not drawn from a marginal.
 */
export async function sampleMarginal(
  trained: TrainedModel,
  device: Device,
  count: number,
): Promise<NumericArray<Float32Array>> {
  const work = { count, build: marginalProgram, noisePurpose: "prior samples" };
  return (await mapRows(trained, device, work)).code;
}
