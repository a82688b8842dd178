import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NARROWS_PARTS } from "../../src/model/slots.js";
import { Scope } from "../../src/nn/scope.js";
import { evaluate, parameter } from "../tensor/evaluate.js";

const objectives = NARROWS_PARTS.objective;

const DISTORTION = [0.25, 0.5, 0.75];
const RATES = [1, 4, 10];
const MEAN_DISTORTION = 0.5;
const MEAN_RATE = 5;
/** What is known of the data: the first nat saves 8 at most. */
const VIEW = { distortionWithoutCode: 12, criticalPricePerNat: 8, codeDimensions: 4 };

/** The loss of a batch, with the target at `targetRateNats` and the warmth of a price if the objective asks for them. */
async function lossOf(
  settings: { type: string; [key: string]: unknown },
  { target = 0, warmth = 1, phase = "training" as "training" | "evaluation", rates = RATES } = {},
): Promise<number> {
  const objective = objectives.make(objectives.schema.parse(settings));
  const scope = new Scope();
  const distortion = parameter("distortion", [3]);
  const rateNats = parameter("rateNats", [3]);
  const loss = objective.loss(scope, { distortion, rateNats }, phase, VIEW);
  const asked = scope.requests.others.get("targetRateNats");
  const warm = scope.requests.others.get("warmth");
  const values = new Map([
    [distortion, Float32Array.from(DISTORTION)],
    [rateNats, Float32Array.from(rates)],
    ...(asked ? [[asked, Float32Array.of(target)] as const] : []),
    ...(warm ? [[warm, Float32Array.of(warmth)] as const] : []),
  ]);
  return (await evaluate({ loss }, values)).loss[0]!;
}

describe("objectives", () => {
  it("O1: mean distortion + beta * rateWeight * mean rate", async () => {
    expect(await lossOf({ type: "beta", beta: 4 })).toBeCloseTo(MEAN_DISTORTION + 4 * MEAN_RATE, 5);
    expect(await lossOf({ type: "beta", beta: 4, rateWeight: 0.001 })).toBeCloseTo(0.52, 6);
  });

  it("O1: with a warm-up the weight of the rate rises in a straight line and stays", async () => {
    const settings = { type: "beta", beta: 2, warmup: 50 };
    expect(await lossOf(settings, { warmth: 0.5 })).toBeCloseTo(MEAN_DISTORTION + MEAN_RATE, 5);
    const objective = objectives.make(objectives.schema.parse(settings));
    const at = (step: number) =>
      objective.scalars({ step, epoch: 0, totalSteps: 100, totalEpochs: 1, evaluations: 0 });
    expect([0, 24, 49, 50, 99].map((step) => at(step).warmth)).toEqual([0.02, 0.5, 1, 1, 1]);
  });

  it("O1: with a delay the rate costs nothing at first, and then its whole price or a rising one", () => {
    const warmthOf = (settings: object) => (step: number) =>
      objectives
        .make(objectives.schema.parse({ type: "beta", ...settings }))
        .scalars({ step, epoch: 0, totalSteps: 100, totalEpochs: 1, evaluations: 0 }).warmth;
    expect([0, 9, 10, 29, 50].map(warmthOf({ delay: 10, warmup: 40 }))).toEqual([0, 0, 0.025, 0.5, 1]);
    expect([0, 9, 10, 99].map(warmthOf({ delay: 10 }))).toEqual([0, 0, 1, 1]);
    expect(warmthOf({ delay: 0 })(0)).toBeUndefined();
  });

  it("O2: the distance of the batch's mean rate from the target", async () => {
    const settings = { type: "capacity", gamma: 300, rateWeight: 0.0003 };
    expect(await lossOf(settings, { target: 3 })).toBeCloseTo(0.5 + 0.09 * 2, 6);
    expect(await lossOf(settings, { target: 9 })).toBeCloseTo(0.5 + 0.09 * 4, 6);
  });

  it("O3: the mean distance of each image's rate from the target", async () => {
    const settings = { type: "capacity", gamma: 2, rateWeight: 1, gap: "image" };
    expect(await lossOf(settings, { target: 5 })).toBeCloseTo(0.5 + (2 * (4 + 1 + 5)) / 3, 5);
  });

  it("O3 is never below O2", async () => {
    const rates = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(rates, fc.double({ min: 0, max: 20, noNaN: true }), async (given, target) => {
        const settings = { type: "capacity", gamma: 1, rateWeight: 1 };
        const batch = await lossOf({ ...settings, gap: "batch" }, { target, rates: given });
        const image = await lossOf({ ...settings, gap: "image" }, { target, rates: given });
        expect(image).toBeGreaterThanOrEqual(batch - 1e-5);
      }),
      { numRuns: 20 },
    );
  });

  it("O2 may weigh the rate otherwise in the loss that evaluations report", async () => {
    const settings = { type: "capacity", gamma: 300, rateWeight: 0.0003, evaluationRateWeight: 1 };
    expect(await lossOf(settings, { target: 4, phase: "training" })).toBeCloseTo(0.59, 6);
    expect(await lossOf(settings, { target: 4, phase: "evaluation" })).toBeCloseTo(300.5, 3);
    const same = { ...settings, evaluationRateWeight: undefined };
    expect(await lossOf(same, { target: 4, phase: "evaluation" })).toBeCloseTo(0.59, 6);
  });
});
