import { describe, expect, it } from "vitest";
import { createModel } from "../../src/model/model.js";
import { modelSchema } from "../../src/model/schema.js";
import { Scope } from "../../src/nn/scope.js";

const SHAPES = [
  [13, 13, 1],
  [16, 16, 1],
  [28, 28, 1],
  [32, 32, 3],
  [9, 21, 2],
] as const;

describe.each([
  ["convolutional", "convolutional"],
  ["dense", "dense"],
  ["convolutional", "dense"],
  ["dense", "convolutional"],
])("encoder %s, decoder %s", (encoder, decoder) => {
  const settings = modelSchema.parse({
    encoder: { type: encoder },
    decoder: { type: decoder },
    channel: { type: "gaussian", dimensions: 7 },
  });

  it.each(SHAPES)("gives back images of %i x %i x %i", (...imageShape) => {
    const model = createModel(settings, imageShape);
    const scope = new Scope();
    const images = scope.batch("images", [3, ...imageShape]);
    const { transmission, reconstruction, loss, metrics } = model.run(scope, images, "training");
    const pixels = imageShape[0] * imageShape[1] * imageShape[2];
    expect(reconstruction.shape).toEqual([3, pixels]);
    expect(model.decode(scope, scope.batch("code", [4, 7])).shape).toEqual([4, ...imageShape]);
    expect(transmission.mean.shape).toEqual([3, 7]);
    expect(transmission.code.shape).toEqual([3, 7]);
    expect(transmission.rateNats.shape).toEqual([3]);
    expect(loss.shape).toEqual([]);
    for (const metric of Object.values(metrics)) expect(metric.shape).toEqual([]);
    expect(model.sampleMarginal(scope, 5).shape).toEqual([5, 7]);
  });
});

describe("an image that the encoder's windows do not fit", () => {
  it("is refused with the kernel and both sizes", () => {
    const layers = [{ channels: 4, kernel: 7, padding: 0 }];
    const model = createModel(modelSchema.parse({ encoder: { type: "convolutional", layers } }), [5, 5, 1]);
    const scope = new Scope();
    expect(() => model.encode(scope, scope.batch("images", [1, 5, 5, 1]))).toThrow(/kernel of 7 .* 5 x 5/);
  });
});
