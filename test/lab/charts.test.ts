import { expect, test } from "vitest";
import { boundAt } from "../../site/lab/views/numbers/bound-at.js";
import { extremesByColumn } from "../../site/lab/views/numbers/extremes.js";
import { fixed, threeDigits, whole } from "../../site/lab/views/numbers/format.js";
import { indexDomain } from "../../site/lab/views/numbers/index-domain.js";
import { matrixLayout } from "../../site/lab/views/numbers/matrix-layout.js";
import { divergingColour, matrixPixels, symmetricLimit } from "../../site/lab/views/numbers/matrix-pixels.js";
import { nearestStep } from "../../site/lab/views/numbers/nearest-step.js";
import { placeLabels } from "../../site/lab/views/numbers/place-labels.js";
import { planeDomains } from "../../site/lab/views/numbers/plane-domains.js";
import { sliderEnd } from "../../site/lab/views/numbers/slider-range.js";
import { linePath, thinPath } from "../../site/lab/views/numbers/thin-path.js";
import { curvesOf } from "../../site/lab/views/numbers/training-curves.js";
import { positionLabels, tuningOfFrame } from "../../site/lab/views/numbers/tuning.js";

test("of 100,000 values no peak is lost, and few are kept in their order", () => {
  const values = Array.from({ length: 100_000 }, (_, k) => Math.sin(k / 900));
  values[54_321] = 40;
  values[54_322] = -40;
  values[7] = Number.NaN;
  const kept = extremesByColumn(
    values.length,
    (k) => 3 * k,
    (k) => values[k],
    300,
  );
  expect(kept.length).toBeLessThanOrEqual(1200);
  expect(kept).toContainEqual([3 * 54_321, 40]);
  expect(kept).toContainEqual([3 * 54_322, -40]);
  expect(kept.map(([step]) => step)).toEqual(kept.map(([step]) => step).sort((a, b) => a - b));
  expect(kept[0]).toEqual([0, 0]);
  expect(kept[kept.length - 1]![0]).toBe(3 * 99_999);
  expect(kept.every(([step, value]) => values[step / 3] === value)).toBe(true);
});

test("short and empty series are kept whole", () => {
  expect(
    extremesByColumn(
      0,
      () => 0,
      () => 0,
      10,
    ),
  ).toEqual([]);
  expect(
    extremesByColumn(
      3,
      (k) => k,
      (k) => [1, undefined, 2][k],
      10,
    ),
  ).toEqual([
    [0, 1],
    [2, 2],
  ]);
});

test("curves of a training: target, latest, and no accuracy without a task", () => {
  const point = (step: number) => ({
    ...{ step, loss: 10 / step, rateNats: step / 10, distortion: 5, targetRateNats: 2, accuracy: undefined },
  });
  const curves = curvesOf([1, 2, 3].map(point), 100);
  expect(curves.map(({ name }) => name)).toEqual(["Loss", "Rate", "Distortion"]);
  expect(curves[1]).toMatchObject({ latest: 0.3, domain: [0, 2] });
  expect(curves[2]!.domain[1]).toBeGreaterThan(curves[2]!.domain[0]);
  expect(curvesOf([{ ...point(1), accuracy: 0.7 }], 100)[3]).toMatchObject({ domain: [0, 1], latest: 0.7 });
});

test("the step that is nearest", () => {
  const points = [1, 4, 9, 30].map((step) => ({ step }));
  expect([0, 5, 7, 20, 99].map((step) => nearestStep(points, step)!.step)).toEqual([1, 4, 9, 30, 30]);
  expect(nearestStep([], 3)).toBeUndefined();
});

const BOUND = {
  points: [
    { rateNats: 0, positionDistortion: 0.1 },
    { rateNats: 1, positionDistortion: 0.04 },
    { rateNats: 5, positionDistortion: 0 },
  ],
  entropyNats: 5,
};

test("the bound between and beyond its points", () => {
  expect(boundAt(BOUND, 0)).toBe(0.1);
  expect(boundAt(BOUND, 0.5)).toBeCloseTo(0.07, 12);
  expect(boundAt(BOUND, 9)).toBe(0);
  expect(boundAt(BOUND, -1)).toBeUndefined();
  expect(boundAt({ points: [], entropyNats: 0 }, 1)).toBeUndefined();
});

test("the plane holds bound, target and points, and a model far off does not squash the bound", () => {
  const domains = planeDomains({
    bound: BOUND,
    points: [
      { rateNats: 2, positionDistortion: 80 },
      { rateNats: Number.NaN, positionDistortion: 0.02 },
    ],
    targetRateNats: 10,
  });
  expect(domains.rate[1]).toBeGreaterThan(10);
  expect(domains.distortion[1]).toBeLessThan(0.4);
  expect(domains.distortion[1]).toBeGreaterThan(0.1);
  expect(domains.positiveDistortion[0]).toBeGreaterThan(0);
  expect(domains.positiveDistortion[0]).toBeLessThan(0.02);
  const empty = planeDomains({ bound: undefined, points: [], targetRateNats: undefined });
  expect(empty.rate[1]).toBeGreaterThan(0);
});

test("labels overlap neither each other nor a point, and stay within the area", () => {
  const area = { x: 0, y: 0, width: 200, height: 100 };
  const points = [
    { x: 195, y: 50, width: 60, height: 16 },
    { x: 100, y: 50, width: 60, height: 16 },
    { x: 102, y: 52, width: 60, height: 16 },
  ];
  const boxes = placeLabels(points, area);
  for (const [k, box] of boxes.entries()) {
    expect(box).toBeDefined();
    expect(box!.x >= 0 && box!.x + box!.width <= 200 && box!.y >= 0 && box!.y + box!.height <= 100).toBe(
      true,
    );
    for (const { x, y } of points)
      expect(x > box!.x && x < box!.x + 60 && y > box!.y && y < box!.y + 16).toBe(false);
    for (const other of boxes.slice(k + 1))
      expect(
        box!.x < other!.x + 60 && other!.x < box!.x + 60 && box!.y < other!.y + 16 && other!.y < box!.y + 16,
      ).toBe(false);
  }
  expect(placeLabels([{ x: 5, y: 5, width: 300, height: 16 }], area)).toEqual([undefined]);
});

test("a path keeps its ends and loses what is not seen", () => {
  const points = Array.from({ length: 1000 }, (_, k) => [k / 100, 0] as const);
  const thin = thinPath(points, 1);
  expect(thin.length).toBeLessThan(15);
  expect(thin[0]).toEqual([0, 0]);
  expect(thin[thin.length - 1]).toEqual([9.99, 0]);
  expect(
    linePath([
      [1, 2.04],
      [3, -4],
    ]),
  ).toBe("M1.0 2.0L3.0 -4.0");
  expect(linePath([])).toBe("");
});

test("matrices: blue below 0, red above, nothing for what is no pair", () => {
  const pixels = matrixPixels(Float32Array.of(-1, 0, 1, Number.NaN, 7), 1, false);
  const [red, green, blue, alpha] = [0, 1, 2, 3].map((part) =>
    Array.from({ length: 5 }, (_, k) => pixels[4 * k + part]!),
  );
  expect(blue![0]).toBeGreaterThan(red![0]! + 80);
  expect(Math.abs(red![1]! - green![1]!)).toBeLessThan(4);
  expect(red![2]).toBeGreaterThan(blue![2]! + 80);
  expect(alpha).toEqual([255, 255, 255, 0, 255]);
  expect(red![4]).toBe(red![2]);
  expect(divergingColour(-1, 1, false)).toBe("#15478f");
});

test("the limit of a matrix is round, and large enough", () => {
  expect(
    [0, 0.07, 0.34, 1, 1.2, 23].map((value) => symmetricLimit(Float32Array.of(-value, Number.NaN))),
  ).toEqual([0.1, 0.1, 0.4, 1, 2, 30]);
  // Few of many are stronger than the strongest colour.
  const many = Float32Array.from({ length: 1000 }, (_, k) => (k < 10 ? 50 : k / 2000));
  expect(symmetricLimit(many)).toBe(0.5);
});

test("layouts of matrices fit their width", () => {
  for (const width of [300, 700, 2000]) {
    const stimuli = matrixLayout(width, 169, undefined);
    expect(stimuli.left + stimuli.side).toBeLessThanOrEqual(width);
    expect(stimuli.columnLabels.map(({ text }) => text)).toEqual(
      Array.from({ length: 13 }, (_, k) => String(k)),
    );
    const classes = matrixLayout(width, 2, ["the upper corridor is left of the lower one", "not"]);
    expect(classes.left + classes.side).toBeLessThanOrEqual(width);
    expect(classes.rowLabels[1]!.text).toBe("not  2");
    expect(classes.columnLabels.map(({ text }) => text)).toEqual(["1", "2"]);
  }
  expect(
    matrixLayout(
      600,
      25,
      Array.from({ length: 25 }, (_, k) => String(k)),
    ).columnLabels[24]!.text,
  ).toBe("24");
});

test("the axis of the indices holds all that is finite, and 0", () => {
  expect(indexDomain([undefined])).toEqual([-0.5, 0.5]);
  const infinite = { value: Number.POSITIVE_INFINITY, low: 2, high: Number.POSITIVE_INFINITY };
  expect(indexDomain([infinite, { value: -1, low: -1.5, high: -0.5 }])).toEqual([-1.5, 2]);
});

test("sliders reach beyond the code, and do not change under the hand", () => {
  const wide = sliderEnd(Float32Array.of(-1.9, Number.NaN, 0.2));
  expect(wide).toBe(2.5);
  expect(sliderEnd(Float32Array.of(1.2), wide)).toBe(wide);
  expect(sliderEnd(Float32Array.of(0.1), wide)).toBe(1);
  expect(sliderEnd(Float32Array.of(6), wide)).toBeGreaterThan(6);
});

test("numbers as they are read", () => {
  expect([0.000123456, -12.345, 0, 1234.5, Number.NaN, Number.NEGATIVE_INFINITY].map(threeDigits)).toEqual([
    "0.000123",
    "\u221212.3",
    "0",
    "1,230",
    "undefined",
    "\u2212infinite",
  ]);
  expect([-0.001, -1.234, 2].map((value) => fixed(value, 2))).toEqual(["0.00", "\u22121.23", "2.00"]);
  expect(whole(123456)).toBe("123,456");
});

test("tuning curves are means of the code by position, in units of the code", () => {
  const count = 169;
  const stimuli = {
    count,
    xU: Uint8Array.from({ length: count }, (_, k) => Math.floor(k / 13)),
    xL: Uint8Array.from({ length: count }, (_, k) => k % 13),
  };
  const labels = positionLabels(stimuli);
  const means = Float32Array.from({ length: 2 * count }, (_, k) =>
    k % 2 === 0 ? stimuli.xU[Math.floor(k / 2)] - 6 : 0.25,
  );
  const [first, second] = tuningOfFrame({ means, dimensions: 2 }, labels)!;
  for (let column = 0; column < 13; column++) {
    expect(first!.byUpper[column]).toBeCloseTo(column - 6, 5);
    expect(first!.byLower[column]).toBeCloseTo(0, 5);
    expect(second!.byUpper[column]).toBeCloseTo(0.25, 5);
  }
  expect([first!.isUsed, second!.isUsed]).toEqual([true, false]);
  expect(tuningOfFrame({ means, dimensions: 2 }, labels, [1])!.map(({ isUsed }) => isUsed)).toEqual([
    false,
    true,
  ]);
  const still = tuningOfFrame({ means: new Float32Array(2 * count), dimensions: 2 }, labels)!;
  expect(still[0]!.byUpper).toEqual(Array(13).fill(0));
  means[3] = Number.NaN;
  expect(tuningOfFrame({ means, dimensions: 2 }, labels)).toBeUndefined();
});
