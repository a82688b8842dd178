import { describe, expect, test } from "vitest";
import { LAYERS } from "../../../src/papers/intrinsic-dimension/networks.js";
import {
  PUBLISHED_BOTTLENECKS,
  PUBLISHED_EPOCHS,
  publishedDimension,
  publishedFrechet,
  publishedImbalance,
  publishedRate,
  publishedSteps,
} from "../../../src/papers/intrinsic-dimension/published.js";

const at = (bottleneck: number, epoch = 200) => ({ data: "cifar10", bottleneck, epoch }) as const;

describe("published numbers of CIFAR-10", () => {
  test("the images have one dimension, whatever the network and the epoch", () => {
    for (const bottleneck of PUBLISHED_BOTTLENECKS)
      expect(publishedDimension(at(bottleneck), "l0")?.value).toBe(30.96);
    for (const epoch of PUBLISHED_EPOCHS) expect(publishedDimension(at(64, epoch), "l0")?.value).toBe(30.96);
  });

  test("the imbalance of the output is known over the whole training, that of other layers at its end", () => {
    for (const bottleneck of PUBLISHED_BOTTLENECKS) {
      const [untrained, first] = PUBLISHED_EPOCHS.map(
        (epoch) => publishedImbalance(at(bottleneck, epoch), "l10")!.value,
      );
      expect(untrained).toBeGreaterThan(0.95);
      expect(first).toBeLessThan(0.4);
      expect(publishedImbalance(at(bottleneck), "l0")!.value).toBe(2 / 5000);
      expect(publishedImbalance(at(bottleneck, 10), "l5")).toBeUndefined();
    }
  });

  test("steps of K = 4 and 64 agree with the imbalances to the input at the first layer", () => {
    for (const bottleneck of [4, 64]) {
      const steps = publishedSteps(at(bottleneck))!;
      expect(steps.forward).toHaveLength(LAYERS.length - 1);
      // Delta(l1 -> l0) stands in both tables.
      expect(steps.backward[0]).toBeCloseTo(publishedImbalance(at(bottleneck), "l1")!.value, 3);
    }
    expect(publishedSteps(at(8))).toBeUndefined();
  });

  test("untrained networks share their encoder; the code has the dimension of noise", () => {
    expect(publishedDimension(at(2, 0), "l3")?.value).toBe(publishedDimension(at(64, 0), "l3")?.value);
    expect(publishedDimension(at(2, 0), "l5")?.value).toBe(1.98);
    expect(publishedDimension(at(2, 0), "l6")).toBeUndefined();
    expect(publishedDimension(at(2, 10), "l3")).toBeUndefined();
  });

  test("rates are those of one image, with the uncertainty of the reading", () => {
    const { value, uncertainty } = publishedRate(at(2))!;
    expect(value).toBeCloseTo(4.39, 2);
    expect(uncertainty).toBeCloseTo(0.22, 2);
    expect(publishedRate(at(64))!.value).toBeCloseTo(21.8, 1);
    expect(publishedRate(at(64, 10))).toBeUndefined();
    expect(publishedRate(at(4))).toBeUndefined();
  });

  test("Fréchet distances are those of the first and of the last epoch", () => {
    expect(publishedFrechet(at(16))).toEqual({ value: 228, uncertainty: 2 });
    expect(publishedFrechet(at(16, 0))).toEqual({ value: 530, uncertainty: 20 });
    expect(publishedFrechet(at(16, 20))).toBeUndefined();
  });
});

test("of MNIST code, decoder and images are known, and nothing of other epochs or data", () => {
  const of = (bottleneck: number, epoch = 200) => ({ data: "mnist", bottleneck, epoch }) as const;
  expect(publishedDimension(of(16), "l5")?.value).toBe(13.8);
  expect(publishedDimension(of(16), "l10")?.value).toBe(12);
  expect(publishedDimension(of(16), "l3")).toBeUndefined();
  expect(publishedDimension(of(16), "l0")).toEqual({ value: 12.5, uncertainty: 0.5 });
  expect(publishedImbalance(of(8), "l5")?.value).toBe(0.062);
  expect(publishedImbalance(of(8), "l10")).toEqual({ value: 0.07, uncertainty: 0.02 });
  expect(publishedImbalance(of(3), "l10")).toBeUndefined();
  for (const none of [publishedRate, publishedFrechet, publishedSteps]) expect(none(of(16))).toBeUndefined();
});
