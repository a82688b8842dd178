import { expect, it } from "vitest";
import { createModel } from "../../src/model/model.js";
import { modelSchema } from "../../src/model/schema.js";
import { Scope } from "../../src/nn/scope.js";
import { firstValues } from "../nn/first-values.js";
import { evaluate } from "../tensor/evaluate.js";

const SHAPE = [2, 2, 1] as const;
const MEAN_IMAGE = Float32Array.of(0.1, 0.5, 0.75, 0.9);

/** What a code of zeros is decoded as before any training, with layers that begin without biases. */
async function decodedAtFirst(pixelBias: object, meanImage?: () => Float32Array) {
  const settings = modelSchema.parse({
    encoder: { type: "dense" },
    channel: { type: "gaussian", dimensions: 3 },
    decoder: { type: "dense" },
    likelihood: { type: "bernoulli" },
    initialisation: "glorot",
    ...pixelBias,
  });
  const model = createModel(settings, SHAPE, meanImage && { meanImage });
  const scope = new Scope();
  const code = scope.batch("code", [1, 3]);
  const images = model.decode(scope, code);
  const values = new Map([[code, new Float32Array(3)], ...firstValues(scope)]);
  return [...(await evaluate({ images }, values)).images];
}

it("a pixel bias begins as the mean image, where the data are known", async () => {
  const known = await decodedAtFirst({ pixelBias: "mean-image" }, () => MEAN_IMAGE);
  known.forEach((pixel, i) => {
    expect(pixel).toBeCloseTo(MEAN_IMAGE[i]!, 6);
  });
  expect(await decodedAtFirst({ pixelBias: "mean-image" })).toEqual([0.5, 0.5, 0.5, 0.5]);
  expect(await decodedAtFirst({}, () => MEAN_IMAGE)).toEqual([0.5, 0.5, 0.5, 0.5]);
});
