import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { capacityScheduleSchema, targetRateNats } from "../../src/model/objectives/capacity-schedule.js";
import { NARROWS_PARTS } from "../../src/model/slots.js";

const objectives = NARROWS_PARTS.objective;

/** The schedule of "The geometry of efficient codes". */
const PUBLISHED = { warmup: 2500, quarteredUntil: 1500 };

/** The target at the n-th unit, counted from 1, of a schedule for a capacity of 10 nats; the published one but for `settings`. */
function target(n: number, settings: object = {}, evaluations = 0): number {
  const schedule = capacityScheduleSchema.parse({ ...PUBLISHED, ...settings });
  return targetRateNats(10, schedule, {
    step: n - 1,
    epoch: n - 1,
    totalSteps: 99_999,
    totalEpochs: 6,
    evaluations,
  });
}

describe("the target rate", () => {
  it("S1: rises in proportion to the steps begun, and stays at the capacity", () => {
    const straight = { quarteredUntil: 0 };
    expect(target(1, straight)).toBeCloseTo(10 / 2500, 12);
    expect(target(1250, straight)).toBeCloseTo(5, 12);
    expect([2500, 2501, 80_000].map((n) => target(n, straight))).toEqual([10, 10, 10]);
  });

  it("S1: a warmup of 0 is at the capacity from the first step", () => {
    expect(target(1, { warmup: 0, quarteredUntil: 0 })).toBe(10);
  });

  it("S2: a quarter of it before step 1500, and the jump there", () => {
    expect(target(1)).toBeCloseTo(0.001, 12);
    expect(target(1499)).toBeCloseTo((10 * 1499) / 2500 / 4, 12);
    expect(target(1499) / 10).toBeCloseTo(0.15, 3);
    expect(target(1500)).toBeCloseTo(6, 12);
    expect(target(2499)).toBeLessThan(10);
    expect(target(2500)).toBe(10);
  });

  it("S3: counts steps alone, or evaluation batches and the two before the first step as well", () => {
    expect(target(1, {}, 469)).toBe(target(1));
    const counting = { countEvaluations: true };
    expect(target(1, counting)).toBeCloseTo((10 * 3) / 2500 / 4, 12);
    expect(target(1497, counting)).toBeCloseTo((10 * 1499) / 2500 / 4, 12);
    expect(target(1498, counting)).toBeCloseTo(6, 12);
    expect(target(1331, counting, 167)).toBeCloseTo(6, 12);
  });

  it("S3: two processes of the authors, 1329 steps and 235 evaluation batches an epoch: the jump opens epoch 1", () => {
    const counting = { countEvaluations: true };
    expect(target(1329, counting)).toBeLessThan(1.5);
    expect(target(1330, counting, 235)).toBeGreaterThan(6);
  });

  it("S4: by epoch it is the same all through an epoch", () => {
    const schedule = capacityScheduleSchema.parse({ unit: "epoch", warmup: 4, quarteredUntil: 2 });
    const at = (step: number, epoch: number) =>
      targetRateNats(10, schedule, { step, epoch, totalSteps: 40, totalEpochs: 6, evaluations: 100 });
    expect([0, 9].map((step) => at(step, 0))).toEqual([0.625, 0.625]);
    expect([10, 20, 30, 40].map((step) => at(step, step / 10))).toEqual([5, 7.5, 10, 10]);
  });

  it("S1: never falls, and stays above 0 and at or below the capacity, whatever the schedule", () => {
    const settings = fc.record({
      warmup: fc.integer({ min: 0, max: 500 }),
      quarteredUntil: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(settings, fc.integer({ min: 1, max: 1000 }), (given, n) => {
        expect(target(n, given)).toBeGreaterThan(0);
        expect(target(n, given)).toBeLessThanOrEqual(10);
        expect(target(n + 1, given)).toBeGreaterThanOrEqual(target(n, given));
      }),
    );
  });

  it("is what the objective hands to the program and to the log", () => {
    const objective = objectives.make(
      objectives.schema.parse({ type: "capacity", capacity: 3, schedule: PUBLISHED }),
    );
    const progress = { step: 1999, epoch: 0, totalSteps: 9999, totalEpochs: 6, evaluations: 0 };
    expect(objective.targetRateNats(progress)).toBeCloseTo(2.4, 12);
    expect(objective.scalars(progress)).toEqual({ targetRateNats: objective.targetRateNats(progress) });
    expect(objective.finalTargetRateNats).toBe(3);
  });

  it("S12: a share is one of the planned steps, or epochs; the default is 40 % of them, and no quarter", () => {
    const at = (step: number, settings: object, totalSteps = 1000) =>
      targetRateNats(10, capacityScheduleSchema.parse(settings), {
        step: step - 1,
        epoch: Math.floor((step - 1) / 100),
        totalSteps,
        totalEpochs: totalSteps / 100,
        evaluations: 0,
      });
    expect([1, 200, 400, 401, 1000].map((step) => at(step, {}))).toEqual([0.025, 5, 10, 10, 10]);
    expect(at(200, {}, 500)).toBe(10);
    expect([1, 150, 401].map((step) => at(step, { unit: "epoch", warmup: "50%" }))).toEqual([2, 4, 10]);
    expect(at(1, { warmup: "0%" })).toBe(10);
    for (const warmup of ["40", "101%", "-1%", "%", -1])
      expect(capacityScheduleSchema.safeParse({ warmup }).success).toBe(false);
  });

  it("is none for the beta objective", () => {
    const objective = objectives.make(objectives.schema.parse({ type: "beta" }));
    expect(objective.finalTargetRateNats).toBeUndefined();
    expect(objective.scalars({ step: 0, epoch: 0, totalSteps: 1, totalEpochs: 6, evaluations: 0 })).toEqual(
      {},
    );
  });
});
