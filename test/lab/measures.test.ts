import { describe, expect, test } from "vitest";
import type { CodeFrame } from "../../site/lab/core/contract.js";
import { boundsOf } from "../../site/lab/measures/bound-of.js";
import { classesOf } from "../../site/lab/measures/classes.js";
import { measureCode } from "../../site/lab/measures/code-measures.js";
import { noiseOf, separableStimuli } from "../../site/lab/measures/separable.js";
import { stimuliOf, stimulusTable } from "../../site/lab/training/stimuli.js";
import { corridorsPositionCurve } from "../../src/information/corridors-bound.js";
import { FIRST_EXPERIMENT, type Frequencies } from "../../src/lab/experiment.js";

const stimuli = stimuliOf(stimulusTable());

/** A code whose two dimensions are functions of the two positions, with noise of a size. */
function madeCode(codeOf: (xU: number, xL: number) => readonly [number, number], noise = 0.1): CodeFrame {
  const means = new Float32Array(2 * stimuli.count);
  for (let row = 0; row < stimuli.count; row++)
    means.set(codeOf(stimuli.xU[row]!, stimuli.xL[row]!), 2 * row);
  const samples = means.map((mean, place) => mean + (place % 4 < 2 ? noise : -noise));
  return { step: 1, dimensions: 2, means, samples, dimensionRateNats: Float32Array.of(1, 1) };
}

const plain = madeCode((xU, xL) => [xU, xL]);

test("there are three images of each pair of positions", () => {
  const cells = new Map<number, number>();
  for (let row = 0; row < stimuli.count; row++) {
    const cell = stimuli.xU[row]! * 13 + stimuli.xL[row]!;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  expect([...cells.values()]).toEqual(Array(169).fill(3));
  expect(stimuli.images).toHaveLength(507 * 169);
});

describe("stimuli that can be distinguished", () => {
  const count = (frame: CodeFrame) =>
    measureCode({ experiment: FIRST_EXPERIMENT, stimuli, frame, reference: undefined }).separableStimuli;

  test("all where the noise is small, one where it is large, a row where one dimension is lost", () => {
    expect(count(plain)).toBe(169);
    expect(count(madeCode((xU, xL) => [xU, xL], 100))).toBe(1);
    expect(count(madeCode((xU) => [xU, 0]))).toBe(13);
    expect(count(madeCode((xU) => [Math.floor(xU / 4), 0]))).toBe(4);
  });

  test("two points count as two from two standard deviations on", () => {
    const two = (distance: number) => separableStimuli(Float64Array.of(0, distance), Float64Array.of(1));
    expect([two(1.99), two(2)]).toEqual([1, 2]);
    const [means, samples] = [Float32Array.of(0, 0, 0, 0), Float32Array.of(1, 3, -1, -3)];
    expect(noiseOf(means, samples, 2)).toEqual(Float64Array.of(1, 3));
  });
});

describe("compared with a reference", () => {
  const measured = (frame: CodeFrame, experiment = FIRST_EXPERIMENT) =>
    measureCode({ experiment, stimuli, frame, reference: plain });

  test("the same code has moved nothing", () => {
    const { indices, classDistortion, capacityDistortion } = measured(plain);
    expect(indices!.prototypization).toMatchObject({ value: 0 });
    expect(Math.max(...classDistortion!.values.map(Math.abs))).toBe(0);
    expect(capacityDistortion).toHaveLength(169 * 169);
  });

  test("prototypes, room for what is frequent, and an axis for a task are seen as such, beyond chance", () => {
    const prototypes = measured(
      madeCode((xU, xL) => [4 * Math.floor(xU / 4), 4 * Math.floor(xL / 4)]),
      {
        ...FIRST_EXPERIMENT,
        task: "bin(xU, 4, 8, 12) * 4 + bin(xL, 4, 8, 12)",
      },
    );
    expect(prototypes.indices!.prototypization!.low).toBeGreaterThan(0.3);
    const special = measured(
      madeCode((xU, xL) => [xU, xL <= 6 ? 2 * xL : 12 + (xL - 6) / 4]),
      {
        ...FIRST_EXPERIMENT,
        frequencies: { kind: "lower" },
      },
    );
    expect(special.indices!.specialization!.low).toBeGreaterThan(0.3);
    expect(special.classesAbout).toContain("xL <= 6");
    const orthogonal = measured(
      madeCode((xU, xL) => [xU <= xL ? 0 : 20, xU + xL]),
      {
        ...FIRST_EXPERIMENT,
        task: "E2M1",
      },
    );
    expect(orthogonal.indices!.orthogonalization!.low).toBeGreaterThan(0.3);
    expect(orthogonal.classDistortion!.classes).toEqual(["no", "yes"]);
  });

  test("a code that is one point is measured, not refused", () => {
    const { indices, separableStimuli: separable } = measured(madeCode(() => [0, 0]));
    expect(separable).toBe(1);
    expect(indices).toBeDefined();
  });
});

test("classes are those of the task, of the bias, or 25 groups of positions", () => {
  expect(classesOf(FIRST_EXPERIMENT, stimuli).names).toHaveLength(25);
  const biased = classesOf({ ...FIRST_EXPERIMENT, frequencies: { kind: "aligned" } }, stimuli);
  expect(biased).toMatchObject({ names: ["no", "yes"], favoured: 1 });
  expect(classesOf({ ...FIRST_EXPERIMENT, task: "E2M4" }, stimuli).favoured).toBeUndefined();
});

describe("the bound", () => {
  const boundOf = (frequencies: Frequencies) => [...boundsOf(frequencies)].at(-1)!;

  test("is the library's, from no rate to all that the positions hold", () => {
    const { points, entropyNats } = boundOf({ kind: "uniform" });
    expect(entropyNats).toBeCloseTo(Math.log(169), 12);
    expect(points[0]!.rateNats).toBe(0);
    const curve = corridorsPositionCurve();
    for (const { rateNats, positionDistortion } of points.filter((_, k) => k % 13 === 3)) {
      const { distortion: reached } = curve.atRate(rateNats);
      expect(positionDistortion).toBeLessThanOrEqual(reached + 1e-12);
      expect(positionDistortion).toBeGreaterThan(reached - 5e-4);
    }
  });

  test("of frequencies that are painted, zeros among them", () => {
    const weights = Array.from({ length: 169 }, (_, cell) => (cell < 13 ? 5 : 0));
    const { points, entropyNats } = boundOf({ kind: "drawn", weights });
    expect(entropyNats).toBeCloseTo(Math.log(13), 12);
    expect(points.at(-1)!.positionDistortion).toBeCloseTo(0, 3);
    // Positions that depend on each other: three pairs alone.
    const pairs = Array.from({ length: 169 }, (_, cell) => (cell % 84 === 0 ? 1 : 0));
    const three = boundOf({ kind: "drawn", weights: pairs });
    expect(three.entropyNats).toBeCloseTo(Math.log(3), 12);
    expect(three.points.every(({ positionDistortion }) => positionDistortion >= 0)).toBe(true);
  });
});
