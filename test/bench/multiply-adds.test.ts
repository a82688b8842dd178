import { describe, expect, it } from "vitest";
import { describeLayers } from "../../bench/layers.js";
import { multiplyAddsPerImage } from "../../bench/multiply-adds.js";
import { modelSchema } from "../../src/model/schema.js";

describe("multiply-adds of a model", () => {
  it("of the Corridors baseline are those counted by hand, layer by layer", () => {
    const stack = 6 * 6 * 16 * 32 + 3 * 3 * 9 * 32 * 64 + 2 * 2 * 9 * 64 * 256;
    const forward = stack + 1024 * 10 + 5 * 1024 + stack;
    const counted = multiplyAddsPerImage(describeLayers(modelSchema.parse({}), [13, 13, 1]));
    expect(counted).toEqual({ forward, backward: 2 * forward - 6 * 6 * 16 * 32 });
    // 598 million floating-point operations a step of 64 images.
    expect(2 * 64 * (counted.forward + counted.backward)).toBe(598_081_536);
  });

  it("follow the layers and the image of another model", () => {
    const layers = [{ channels: 2, kernel: 3, stride: 1, padding: 0 }];
    const settings = modelSchema.parse({
      encoder: { type: "convolutional", layers },
      decoder: { type: "convolutional", layers },
      channel: { type: "gaussian", dimensions: 3 },
    });
    const layer = 4 * 2 * 9 * 5 * 2;
    const features = 4 * 2 * 2;
    expect(multiplyAddsPerImage(describeLayers(settings, [6, 4, 5])).forward).toBe(
      2 * layer + features * 6 + 3 * features,
    );
  });

  it("of a dense model are refused rather than guessed", () => {
    const settings = modelSchema.parse({ encoder: { type: "dense" } });
    expect(() => describeLayers(settings, [13, 13, 1])).toThrow(/convolutional/);
  });
});
