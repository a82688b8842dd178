import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../../src/data/dataset.js";
import { echoNoiseOfPoints } from "../../../src/papers/echo-noise/figures/noise.js";
import { tuningData } from "../../../src/papers/echo-noise/figures/tuning.js";
import {
  marginalDensity,
  shownDimensions,
  testMarginals,
} from "../../../src/papers/echo-noise/measures/marginals.js";
import { echoNoiseOf, noiseTotalCorrelationNats } from "../../../src/papers/echo-noise/measures/noise.js";
import {
  logLikelihoodsNats,
  rankCorrelation,
  rowLengths,
} from "../../../src/papers/echo-noise/measures/pointwise.js";
import { trimmedRuns } from "../../../src/papers/echo-noise/measures/rows.js";
import { PhiloxStream } from "../../../src/random/stream.js";
import { measuredOnce } from "../../../src/reproduction/measured-once.js";
import { folderWith } from "../../data/files.js";

const array = (rows: readonly (readonly number[])[]) => ({
  shape: [rows.length, rows[0]!.length],
  data: Float32Array.from(rows.flat()),
});

describe("an image by itself", () => {
  const table: Dataset = {
    name: "two",
    fingerprint: "",
    count: 2,
    imageShape: [1, 2, 1],
    images: Uint8Array.of(1, 0, 1, 1),
    scale: 1,
    labels: undefined,
    labelNames: [],
  };

  test("log-likelihood by hand, and held within the published losses' bounds", () => {
    const found = logLikelihoodsNats(
      table,
      array([
        [0.5, 0.25],
        [1, 0],
      ]),
    );
    expect(found[0]).toBeCloseTo(Math.log(0.5) + Math.log(0.75), 12);
    expect(found[1]).toBeCloseTo(Math.log1p(-1e-7) + Math.log(1e-7), 9);
  });

  test("lengths of rows", () =>
    expect(
      Array.from(
        rowLengths(
          array([
            [3, 4],
            [0, 2],
          ]),
        ),
      ),
    ).toEqual([5, 2]));

  test("rank correlation: 1 for any rising function, -1 for a falling one, ties in the middle", () => {
    expect(rankCorrelation([1, 2, 3, 10], [1, 4, 9, 100])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    // Ranks 0, 1.5, 1.5, 3 and 0, 1, 2, 3.
    expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
    expect(rankCorrelation([1, 1], [1, 2])).toBeNaN();
  });
});

describe("Echo's noise", () => {
  test("is what was added to the centre, over the scale", () => {
    const noise = [0.5, -2];
    const [centre, scale] = [
      [0.25, -0.5],
      [0.5, 0.125],
    ];
    const code = centre.map((f, k) => f + scale[k]! * noise[k]!);
    const found = echoNoiseOf({
      mean: array([centre]),
      code: array([code]),
      dimensionRateNats: array([scale.map((s) => -Math.log(s))]),
    });
    expect(Array.from(found.data)).toEqual([expect.closeTo(0.5, 5), expect.closeTo(-2, 5)]);
  });

  test("shares what its covariance says: about 0 for independent dimensions, ln 2 / 2 at a correlation of sqrt(1/2)", () => {
    const stream = new PhiloxStream(0, "test of noise");
    const rows = Array.from({ length: 4000 }, () => {
      const [a, b] = [stream.normal(), stream.normal()];
      return { independent: [a, b], mixed: [a, (a + b) / Math.SQRT2] };
    });
    const measure = (code: readonly (readonly number[])[]) =>
      noiseTotalCorrelationNats(
        {
          mean: array(code.map(() => [0, 0])),
          code: array(code),
          dimensionRateNats: array(code.map(() => [0, 0])),
        },
        "noise",
      );
    expect(measure(rows.map(({ independent }) => independent))).toBeLessThan(0.01);
    expect(measure(rows.map(({ mixed }) => mixed))).toBeCloseTo(Math.LN2 / 2, 1);
  });

  test("of points with a constant scale has the mean m / (1 - s) and the variance v / (1 - s^2) of their sum", () => {
    const stream = new PhiloxStream(1, "points");
    const count = 20_000;
    const points = stream.fillNormal(new Float64Array(2 * count)).map((x) => 1 + 2 * x);
    const noise = echoNoiseOfPoints(points, 0.5, stream);
    const mean = noise.reduce((sum, x) => sum + x, 0) / noise.length;
    const variance = noise.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noise.length;
    expect(mean).toBeCloseTo(2, 1);
    expect(variance / (4 / 0.75)).toBeCloseTo(1, 1);
  });
});

describe("marginals", () => {
  const stream = new PhiloxStream(0, "marginals");
  const count = 1500;
  const code = array(
    Array.from({ length: count }, () => [stream.normal(), stream.uniform(), 0.1 * stream.normal() + 3]),
  );
  const rates = array(Array.from({ length: count }, () => [1, 3, 2]));

  test("dimensions by falling rate; of many, nine from the top and four from the bottom", () => {
    expect(shownDimensions(rates).map(({ dimension }) => dimension)).toEqual([1, 2, 0]);
    const many = array([Array.from({ length: 32 }, (_, d) => d)]);
    expect(shownDimensions(many).map(({ dimension }) => dimension)).toEqual([
      31, 30, 29, 28, 27, 26, 25, 24, 23, 3, 2, 1, 0,
    ]);
  });

  test("normality is rejected for a uniform dimension alone", () => {
    const found = testMarginals(code, rates);
    expect(found.map(({ dimension, rejected }) => [dimension, rejected])).toEqual([
      [1, true],
      [2, false],
      [0, false],
    ]);
  });

  test("a density over several samples is that of all", () => {
    const { density, count: values, positions } = marginalDensity([code, code], 0);
    expect(values).toBe(2 * count);
    const width = positions[1]! - positions[0]!;
    expect(density.reduce((sum, value) => sum + value * width, 0)).toBeCloseTo(1, 1);
  });
});

test("tuning: means over what a panel does not show", () => {
  const dataset = {
    count: 4,
    labelNames: ["shape", "scale", "orientation", "posX", "posY"],
    labels: Int32Array.from(
      [
        [0, 0, 0, 0, 0],
        [0, 1, 0, 1, 0],
        [1, 0, 0, 0, 0],
        [1, 1, 0, 1, 0],
      ].flat(),
    ),
  } as unknown as Dataset;
  const { variances, map, curves, classes } = tuningData(
    array([[0], [2], [4], [10]]),
    dataset,
    [2, 2, 1, 2, 1],
  );
  expect(map.means).toEqual({ shape: [1, 1, 2], data: Float64Array.of(2, 6) });
  expect(curves[0]!.means).toEqual({ shape: [1, 2, 2], data: Float64Array.of(0, 2, 4, 10) });
  expect(variances[0]).toBeCloseTo(14, 12);
  expect(classes).toEqual(["square", "ellipse"]);
  expect(curves[0]!.axis.values).toEqual([0.5, 1]);
});

test("runs of the highest and the lowest value are left out where there are four or more", () => {
  const of = (values: readonly number[]) => trimmedRuns(values, (value) => value);
  expect(of([5, 1, 3, 9])).toEqual([5, 3]);
  expect(of([2, 2, 2, 2])).toEqual([2, 2]);
  expect(of([5, 1, 3])).toEqual([5, 1, 3]);
});

test("measures are kept under their key, and measured anew under another or where the file is spoilt", async () => {
  const path = join(folderWith({}), "measured", "run.json");
  let times = 0;
  const measure = async () => ({ times: ++times, nothing: Number.NaN });
  expect(await measuredOnce(path, "a", measure)).toEqual({ times: 1, nothing: null });
  const before = readFileSync(path, "utf8");
  expect(await measuredOnce(path, "a", measure)).toEqual({ times: 1, nothing: null });
  expect(readFileSync(path, "utf8")).toBe(before);
  expect(await measuredOnce(path, "b", measure)).toMatchObject({ times: 2 });
  writeFileSync(path, "{");
  expect(await measuredOnce(path, "b", measure)).toMatchObject({ times: 3 });
  expect(existsSync(path)).toBe(true);
});
