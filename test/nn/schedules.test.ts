import { describe, expect, it } from "vitest";
import { presets } from "../../src/configuration/presets.js";
import { learningRateSchedule, optimizerSchema } from "../../src/nn/optimizer-schema.js";

function rateAt(schedule: object, step: number): number {
  const settings = optimizerSchema.parse({ learningRate: 0.1, schedule });
  return learningRateSchedule(settings)({
    step,
    epoch: Math.floor(step / 10),
    totalSteps: 31,
    totalEpochs: 4,
  });
}

describe("learning rates", () => {
  it("shrinks by the factor after each epoch, not within one (S5)", () => {
    const schedule = { type: "exponential", factor: 0.9 };
    expect([0, 9, 10, 30].map((step) => rateAt(schedule, step))).toEqual([
      0.1,
      0.1,
      0.1 * 0.9,
      0.1 * 0.9 ** 3,
    ]);
  });

  it("goes in a straight line from the first step to the last (S6)", () => {
    const schedule = { type: "linear", finalFactor: 0.5 };
    expect(rateAt(schedule, 0)).toBe(0.1);
    expect(rateAt(schedule, 15)).toBeCloseTo(0.075, 12);
    expect(rateAt(schedule, 30)).toBeCloseTo(0.05, 12);
    expect(rateAt(schedule, 99)).toBeCloseTo(0.05, 12);
  });

  it("stays for half of the epochs and then goes to 0 by epochs (S11), as the Echo paper describes it", () => {
    const at = (epoch: number, turned: boolean) =>
      learningRateSchedule(
        optimizerSchema.parse({
          learningRate: 3e-4,
          schedule: { type: "hold-then-linear", hold: 0.5, turned },
        }),
      )({ step: 500 * epoch + 7, epoch, totalSteps: 100_000, totalEpochs: 200 });
    const paper = [0, 50, 100, 101, 150, 199].map((epoch) => at(epoch, false) / 3e-4);
    [1, 1, 1, 0.99, 0.5, 0.01].forEach((share, i) => {
      expect(paper[i]).toBeCloseTo(share, 12);
    });
    // The authors' code drops to 3e-6 after epoch 100 and climbs to 2.97e-4.
    expect(at(100, true)).toBeCloseTo(3e-4, 12);
    expect(at(101, true)).toBeCloseTo(3e-6, 12);
    expect(at(199, true)).toBeCloseTo(2.97e-4, 12);
  });

  it("stays (S7)", () => {
    expect(rateAt({ type: "constant" }, 30)).toBe(0.1);
  });

  it("is 5e-4 throughout where nothing is said, and times 0.9 an epoch in the authors' presets", () => {
    const { learningRate, schedule } = presets.geometry.settings.optimizer as Record<string, unknown>;
    const rate = learningRateSchedule(optimizerSchema.parse({ learningRate, schedule }));
    const constant = learningRateSchedule(optimizerSchema.parse({}));
    expect(constant({ step: 9, epoch: 5, totalSteps: 10, totalEpochs: 6 })).toBe(5e-4);
    expect(rate({ step: 0, epoch: 5, totalSteps: 6, totalEpochs: 6 })).toBeCloseTo(0.000295, 6);
    expect(rate({ step: 0, epoch: 3, totalSteps: 6, totalEpochs: 6 })).toBeCloseTo(0.000365, 6);
  });
});
