import { describe, expect, test } from "vitest";
import { classify, parseLabelRule } from "../../../src/data/label-rules/index.js";
import { distortionIndices, toLabels } from "../../../src/geometry/index.js";
import { CLASSES } from "../../../src/papers/geometry-of-efficient-codes/classes.js";
import { withProcessorTime } from "../../support/processor-time.js";
import { published } from "../published.js";
import { uniformSource } from "./constructed.js";

describe.skipIf(published.missing)(`distortion indices (G10 to G14), ${published.title}`, () => {
  const labelsFor = (rule: string) => {
    const [xU, xL] = ["xU", "xL"].map((key) => published.array(`latents.npz:${key}`).data);
    const positions = Int32Array.from({ length: 2 * xU.length }, (_, k) => (k % 2 === 0 ? xU : xL)[k >> 1]);
    const { classOf } = classify(parseLabelRule(rule, ["xU", "xL"], "test"), positions, 2);
    return toLabels({ shape: [classOf.length], data: classOf });
  };
  const indices = (code: string, reference: string, rule: string) =>
    distortionIndices(published.points(`${code}_Z`), published.points(`${reference}_Z`), labelsFor(rule), {
      uniform: uniformSource(),
    });

  test("the labels of E1M1 are those published with its latents", () => {
    const given = toLabels(published.array("latents.npz:bottomBias_low_y"));
    expect(labelsFor(CLASSES.E1M1.rule).classOf).toEqual(given.classOf);
  });

  test("at 0.3 nats E1M1 gives room to the frequent half (xL <= 6), and the interval leaves out 0", async () => {
    const { result, milliseconds } = await withProcessorTime(() =>
      indices("bottomBias_low", "base_low", CLASSES.E1M1.rule),
    );
    const { specialization, prototypization } = result;
    expect(milliseconds).toBeLessThan(20_000); // 1,100 when measured alone
    const [rare, frequent] = specialization.byClass;
    expect(frequent.low).toBeGreaterThan(0.15);
    expect(frequent.low).toBeLessThan(frequent.value);
    expect(frequent.value).toBeLessThan(frequent.high);
    expect(rare.value).toBeCloseTo(-frequent.value, 12);
    expect(frequent.resamples).toBe(200);
    // The border between the halves is no class of the model's: distances across it shrank, as in the paper's matrix.
    expect(prototypization.high).toBeLessThan(0);
  });

  test("E1M1 does not turn towards a task that it was never given (xU = xL)", () => {
    for (const capacity of ["low", "high"]) {
      const { orthogonalization, factorization } = indices(
        `bottomBias_${capacity}`,
        `base_${capacity}`,
        CLASSES.E2M3.rule,
      );
      for (const { low, high } of [orthogonalization, factorization]) {
        expect(low).toBeLessThan(0);
        expect(high).toBeGreaterThan(0);
      }
    }
  });
});
