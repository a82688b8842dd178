import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NARROWS_PARTS } from "../../src/model/slots.js";
import { evaluate, parameter } from "../tensor/evaluate.js";

const likelihoods = NARROWS_PARTS.likelihood;

const LOGITS = [-1.5, 0, 2, 0.25, -40, 40];
const IMAGES = [0, 1, 1, 0.5, 0, 1];
const PIXELS = 3;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Distortion of each image and reconstructed pixels, for two images of three pixels. */
async function measure(settings: { type: string; [key: string]: unknown }, logits = LOGITS, images = IMAGES) {
  const likelihood = likelihoods.make(likelihoods.schema.parse(settings));
  const raw = parameter("raw", [2, PIXELS]);
  const target = parameter("images", [2, PIXELS]);
  const outputs = {
    distortion: likelihood.distortion(raw, target),
    reconstruction: likelihood.reconstruct(raw),
  };
  const values = new Map([
    [raw, Float32Array.from(logits)],
    [target, Float32Array.from(images)],
  ]);
  return { ...(await evaluate(outputs, values)), unit: likelihood.distortionUnit };
}

/** A term for each pixel, added up over each of the two images. */
function byImage(term: (logit: number, pixel: number) => number): number[] {
  const terms = LOGITS.map((logit, i) => term(logit, IMAGES[i]!));
  return [0, PIXELS].map((from) => terms.slice(from, from + PIXELS).reduce((sum, value) => sum + value, 0));
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(2e-6 * Math.max(1, Math.abs(value)));
  });
}

const squaredError = byImage((logit, pixel) => (sigmoid(logit) - pixel) ** 2);
const bernoulliNats = byImage(
  // The tails of the logistic function at +-40 are e^-40: nothing beside 1.
  (logit, pixel) =>
    Math.abs(logit) === 40
      ? 0
      : -pixel * Math.log(sigmoid(logit)) - (1 - pixel) * Math.log(1 - sigmoid(logit)),
);

describe("likelihoods", () => {
  it("L1: squared error, mean over an image's pixels", async () => {
    const { distortion, unit } = await measure({ type: "mse", pixels: "mean" });
    expectClose(
      distortion,
      squaredError.map((sum) => sum / PIXELS),
    );
    expect(unit).toBe("squared error per pixel");
  });

  it("L2: squared error, sum over an image's pixels", async () => {
    const { distortion, unit } = await measure({ type: "mse", pixels: "sum" });
    expectClose(distortion, squaredError);
    expect(unit).toBe("squared error per image");
  });

  it("L2 without squashing compares the decoder's numbers themselves", async () => {
    const { distortion, reconstruction } = await measure({ type: "mse", pixels: "sum", output: "identity" });
    expectClose(
      distortion,
      byImage((logit, pixel) => (logit - pixel) ** 2),
    );
    expectClose(reconstruction, LOGITS);
  });

  it("L3: -log p of binary pixels, sum over an image, in nats", async () => {
    const { distortion, reconstruction, unit } = await measure({ type: "bernoulli" });
    expectClose(distortion, bernoulliNats);
    expectClose(reconstruction, LOGITS.map(sigmoid));
    expect(unit).toBe("nats per image");
  });

  it("L4: the same, mean over an image's pixels", async () => {
    const { distortion, unit } = await measure({ type: "bernoulli", pixels: "mean" });
    expectClose(
      distortion,
      bernoulliNats.map((sum) => sum / PIXELS),
    );
    expect(unit).toBe("nats per pixel");
  });

  it("L3 of a coin's toss: an undecided decoder pays ln 2 a pixel", async () => {
    const { distortion } = await measure({ type: "bernoulli" }, [0, 0, 0, 0, 0, 0], [0, 1, 0, 1, 1, 0]);
    expectClose(distortion, [PIXELS * Math.log(2), PIXELS * Math.log(2)]);
  });

  it("L3 stays finite, and right, where the decoder is sure and wrong", async () => {
    const { distortion } = await measure({ type: "bernoulli" }, [90, 0, 0, -90, 0, 0], [0, 0, 0, 1, 0, 0]);
    expectClose(distortion, [90 + 2 * Math.log(2), 90 + 2 * Math.log(2)]);
  });

  it.each([{ type: "bernoulli" }, { type: "mse" }, { type: "mse", output: "identity" }])(
    "of %o an output for a pixel is reconstructed as that pixel, or 0.001 from 0 and 1",
    async (settings) => {
      const { outputFor } = likelihoods.make(likelihoods.schema.parse(settings));
      const pixels = [0, 0.001, 0.25, 0.5, 0.9, 1];
      const { reconstruction } = await measure(settings, pixels.map(outputFor));
      const near = "output" in settings ? pixels : [0.001, 0.001, 0.25, 0.5, 0.9, 0.999];
      expectClose(reconstruction, near);
    },
  );

  it("no likelihood is ever below its least value: 0 for 0/1 pixels (L1 to L4)", async () => {
    const numbers = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 6, maxLength: 6 });
    const pixels = fc.array(fc.constantFrom(0, 1), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(numbers, pixels, fc.constantFrom("mse", "bernoulli"), async (logits, images, type) => {
        const { distortion } = await measure({ type }, logits, images);
        expect(Math.min(...distortion)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 20 },
    );
  });
});
