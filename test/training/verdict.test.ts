import { describe, expect, test } from "vitest";
import type { PlannedLength } from "../../src/training/length.js";
import { rateVerdict } from "../../src/training/verdict.js";

const model = {
  channel: { dimensions: 5 },
  objective: { type: "capacity", rateWeight: 0.5 },
};
const figures = (rateNats: number, more: object = {}) => ({
  rateNats,
  targetRateNats: 3,
  capacityNats: 3,
  pricePerNat: 10,
  dimensionsInUse: 5,
  ...more,
});

/** As long as 6 epochs of 10 steps. */
const byEpochs = { epochs: 6, stepsPerEpoch: 10, totalSteps: 60 };
const bySteps = { steps: 60, stepsPerEpoch: 10, totalSteps: 60 };

describe("the last word on a rate (O4, O8, R7)", () => {
  test("near its target it is told beside it, without a warning", () => {
    expect(rateVerdict(figures(2.913), { model })).toEqual({
      aim: "reached 2.913 of C = 3 nats (gap -0.087)",
      warnings: [],
    });
    expect(
      rateVerdict(figures(0.34, { capacityNats: 0.3, targetRateNats: 0.3 }), { model }).warnings,
    ).toEqual([]);
  });

  test("above it: the gamma that follows from the gap and the present price", () => {
    // 10 e^(2 * 2 / 4) * 1.2 / 0.5 = 65.2
    expect(rateVerdict(figures(5, { dimensionsInUse: 4 }), { model }).warnings).toEqual([
      "the rate is 5.000 nats, 2.000 above C = 3: a nat costs too little to come down; train again with --set objective.gamma=65",
      "1 of 5 dimensions of the code sends less than 0.01 nats: --set channel.dimensions=4 would do",
    ]);
  });

  test("below it: the schedule where C itself had not risen, else longer training or the rate that is enough", () => {
    const [rising] = rateVerdict(figures(0.073, { targetRateNats: 0.072 }), {
      model,
      length: byEpochs,
    }).warnings;
    expect(rising).toBe(
      "the rate is 0.073 nats, 2.927 below C = 3: C itself had risen to 0.072 nats only; train again with --set objective.schedule.warmup=40% or --set training.epochs=313",
    );
    expect(rateVerdict(figures(2.2), { model, length: byEpochs }).warnings[0]).toMatch(
      /0\.800 below C = 3: resume with --set training\.epochs=12; .* --set objective\.capacity=2\.2$/,
    );
  });

  test("longer means the key that ends the run, and both where both do", () => {
    const advice = (length: PlannedLength, figuresOf = figures(2.2)) =>
      rateVerdict(figuresOf, { model, length }).warnings[0];
    expect(advice(bySteps)).toContain("resume with --set training.steps=120; if");
    expect(advice({ ...bySteps, epochs: 50 })).toContain("resume with --set training.steps=120; if");
    expect(advice({ ...bySteps, epochs: 6 })).toContain(
      "resume with --set training.epochs=12 --set training.steps=120; if",
    );
    expect(advice(bySteps, figures(0.073, { targetRateNats: 0.072 }))).toMatch(
      /warmup=40% or --set training\.steps=3125$/,
    );
    // By default.
    expect(advice({ stepsPerEpoch: 10, totalSteps: 60 })).toContain(
      "resume with --set training.epochs=12; if",
    );
  });

  test("a verdict that makes others meaningless or contrary stands alone", () => {
    // Empty, above C and with a dimension to spare: a lower gamma, and not a higher one too.
    const empty = figures(3.9, { distortion: 39.8, distortionWithoutCode: 39.7, dimensionsInUse: 1 });
    const said = rateVerdict(empty, { model, length: byEpochs }).warnings;
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^the code is empty: .* with --set objective\.gamma=6\.7, or for longer: --set training\.epochs=12$/,
    );
    // Dead, below C: no capacity of nothing.
    expect(rateVerdict(figures(0.001), { model, length: byEpochs }).warnings).toEqual([
      "the code is dead: 0.001 nats, under 0.05, carry no information about an image; resume with --set training.epochs=12",
    ]);
    // A rate that is to rise, and dimensions that it may need then.
    expect(rateVerdict(figures(2.2, { dimensionsInUse: 3 }), { model }).warnings).toHaveLength(1);
  });

  test("an empty code is named: the rate is there, and the images are no better than their mean", () => {
    const empty = figures(2.98, { distortion: 39.8, distortionWithoutCode: 39.7 });
    expect(rateVerdict(empty, { model }).warnings).toEqual([
      "the code is empty: at 2.980 nats the distortion is 40, and reconstructing every image as the mean image gives 40; train again with --set objective.gamma=6.7, or for longer",
    ]);
    const report = figures(2.98, { distortion: 30, distortionWithoutCode: 39.7 });
    expect(rateVerdict(report, { model }).warnings).toEqual([]);
    // A rate that is still on its way says nothing yet.
    const early = figures(1.2, { distortion: 39.8, distortionWithoutCode: 39.7 });
    expect(rateVerdict(early, { model }).warnings.join()).not.toContain("empty");
  });

  test("a dead code is named, with a beta at which nats pay", () => {
    const beta = { channel: { dimensions: 5 }, objective: { type: "beta", rateWeight: 1 } };
    const dead = { rateNats: 0.0004, pricePerNat: 4, dimensionsInUse: 0 };
    expect(rateVerdict(dead, { model: beta, criticalPrice: 0.02 })).toEqual({
      aim: undefined,
      warnings: [
        "the code is dead: 0.000 nats, under 0.05, carry no information about an image; a nat costs more than it saves: train again with --set objective.beta=0.01",
      ],
    });
    expect(rateVerdict(dead, { model: beta }).warnings[0]).toMatch(/objective\.beta=0\.4$/);
    // A live code at a small target is none.
    expect(
      rateVerdict(figures(0.03, { capacityNats: 0.03, targetRateNats: 0.03 }), { model }).warnings,
    ).toEqual([]);
  });

  test("a classifier has no rate to speak of", () => {
    expect(rateVerdict({}, { model: {} })).toEqual({ aim: undefined, warnings: [] });
  });
});
