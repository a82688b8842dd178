import { describe, expect, test } from "vitest";
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
    const [rising] = rateVerdict(figures(0.073, { targetRateNats: 0.072 }), { model, epochs: 6 }).warnings;
    expect(rising).toBe(
      "the rate is 0.073 nats, 2.927 below C = 3: C itself had risen to 0.072 nats only; train again with --set objective.schedule.warmup=40% or --set training.epochs=313",
    );
    expect(rateVerdict(figures(2.2), { model, epochs: 6 }).warnings[0]).toMatch(
      /0\.800 below C = 3: resume with --set training\.epochs=12; .* --set objective\.capacity=2\.2$/,
    );
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
