import fc from "fast-check";
import { determinant, Matrix } from "ml-matrix";
import { describe, expect, test } from "vitest";
import { toPoints } from "../../src/geometry/index.js";
import { totalCorrelationGaussian, totalCorrelationOfCovariance } from "../../src/information/index.js";
import { PhiloxStream } from "../../src/random/stream.js";

const square = (...rows: number[][]) => ({
  shape: [rows.length, rows[0].length],
  data: Float64Array.from(rows.flat()),
});
const points = (dimension: number, values: ArrayLike<number>) =>
  toPoints({ shape: [values.length / dimension, dimension], data: Float64Array.from(values) }, "C.npy");

/** 500 codes of 24 dimensions that are mixtures of 5, and noise of its own in each. */
function lowRank(noise: number, seed: number) {
  const stream = new PhiloxStream(seed, "test codes");
  const normal = (size: number) => stream.fillNormal(new Float64Array(size));
  const [hidden, weights, own] = [normal(500 * 5), normal(5 * 24), normal(500 * 24)];
  const values = own.map((value, at) => {
    let sum = noise * value;
    for (let h = 0; h < 5; h++) sum += hidden[Math.floor(at / 24) * 5 + h] * weights[h * 24 + (at % 24)];
    return sum;
  });
  return points(24, values);
}

describe("I2: gaussian total correlation", () => {
  test("of a covariance by hand", () => {
    const result = totalCorrelationOfCovariance(square([1, 0.5], [0.5, 2]));
    expect(result.totalCorrelationNats).toBeCloseTo(0.0667657, 7);
    expect(result.totalCorrelationNats).toBeCloseTo(Math.log(2 / 1.75) / 2, 14);
    expect(result).toMatchObject({ dependentDimension: undefined, constantDimensions: [] });
    expect(
      totalCorrelationOfCovariance(square([3, 0, 0], [0, 1e-8, 0], [0, 0, 7])).totalCorrelationNats,
    ).toBe(0);
    expect(totalCorrelationOfCovariance(square([4])).totalCorrelationNats).toBe(0);
  });

  test("property: the determinant says the same; scale and order of dimensions do not matter", () => {
    const entry = fc.double({ min: -2, max: 2, noNaN: true });
    const input = fc
      .integer({ min: 1, max: 5 })
      .chain((size) =>
        fc.tuple(fc.constant(size), fc.array(entry, { minLength: size * size, maxLength: size * size })),
      );
    fc.assert(
      fc.property(input, ([size, values]) => {
        const factor = Matrix.from1DArray(size, size, values);
        const covariance = factor.mmul(factor.transpose()).add(Matrix.eye(size, size));
        const diagonal = covariance.diagonal();
        const expected =
          (diagonal.reduce((sum, value) => sum + Math.log(value), 0) - Math.log(determinant(covariance))) / 2;
        const of = (matrix: Matrix) =>
          totalCorrelationOfCovariance(square(...matrix.to2DArray())).totalCorrelationNats;
        expect(of(covariance)).toBeCloseTo(expected, 9);
        const scale = Matrix.diag(diagonal.map((_, j) => 10 ** (3 * j - 4)));
        expect(of(scale.mmul(covariance).mmul(scale))).toBeCloseTo(expected, 9);
        const reversed = diagonal.map((_, j) => size - 1 - j);
        expect(of(covariance.selection(reversed, reversed))).toBeCloseTo(expected, 9);
      }),
    );
  });

  test("of samples: by the covariance with divisor N - 1, to the error of an estimate", () => {
    expect(totalCorrelationGaussian(points(2, [0, 0, 1, 2, 2, 1, 3, 3])).totalCorrelationNats).toBeCloseTo(
      // Covariance 4/3 of variances 5/3: correlation 0.8.
      -Math.log(1 - 0.64) / 2,
      12,
    );
    const count = 20_000;
    const noise = new PhiloxStream(1, "test codes").fillNormal(new Float64Array(2 * count));
    const correlated = noise.map((value, k) =>
      k % 2 === 0 ? value : 1e6 + 0.6 * noise[k - 1] + 0.8 * value,
    );
    const { totalCorrelationNats } = totalCorrelationGaussian(points(2, correlated));
    // Its standard deviation is correlation / sqrt(N).
    expect(Math.abs(totalCorrelationNats + Math.log(1 - 0.36) / 2)).toBeLessThan(
      (4 * 0.6) / Math.sqrt(count),
    );
  });

  test("a dimension that is linear in others shares everything, and is named", () => {
    const noise = new PhiloxStream(2, "test codes").fillNormal(new Float64Array(300));
    const sums = noise.map((value, k) => (k % 3 === 2 ? 2 * noise[k - 1] - noise[k - 2] + 7 : value));
    expect(totalCorrelationGaussian(points(3, sums))).toMatchObject({
      totalCorrelationNats: Number.POSITIVE_INFINITY,
      dependentDimension: 2,
    });
    // The same in float32: rounding does not hide it.
    expect(totalCorrelationGaussian(points(3, Float32Array.from(sums))).totalCorrelationNats).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(totalCorrelationOfCovariance(square([1, 2], [2, 4]))).toMatchObject({ dependentDimension: 1 });
    // Many that are linear in few, but for noise near what counts as linear, are no mistake of the covariance.
    for (const noise of [0, 1e-8, 1e-7, 1e-6, 2e-6, 1e-5, 1e-4]) {
      for (let seed = 0; seed < 5; seed++)
        expect(totalCorrelationGaussian(lowRank(noise, seed))).toBeDefined();
    }
  });

  test("a dimension that does not vary shares nothing, and is named", () => {
    const padded = points(3, [0, 0.1, 0, 1, 0.1, 2, 2, 0.1, 1, 3, 0.1, 3]);
    expect(totalCorrelationGaussian(padded)).toMatchObject({
      totalCorrelationNats: expect.closeTo(-Math.log(1 - 0.64) / 2, 12),
      constantDimensions: [1],
    });
    expect(totalCorrelationGaussian(points(1, [2, 2, 2]))).toEqual({
      totalCorrelationNats: 0,
      dependentDimension: undefined,
      constantDimensions: [0],
    });
  });

  test("what has none is refused in one line", () => {
    expect(() => totalCorrelationGaussian(points(3, [0, 1, 2, 4, 3, 5, 1, 1, 0]))).toThrow(
      /^C\.npy: the covariance of 3 samples of 3 dimensions is singular/,
    );
    expect(() => totalCorrelationOfCovariance(square([1, 0, 0], [0, 1, 0]))).toThrow(
      /^covariance: 2 rows and 3 columns/,
    );
    expect(() => totalCorrelationOfCovariance(square([1, 0.5], [0.4, 1]))).toThrow(
      /row 0, column 1 .*symmetric/,
    );
    expect(() => totalCorrelationOfCovariance(square([1, 3], [3, 1]), "S.npy")).toThrow(
      /^S\.npy, row 0, column 1/,
    );
    // Indefinite only beyond a dimension that does not vary, or that is linear in those before it.
    expect(() => totalCorrelationOfCovariance(square([0, 0.5], [0.5, 1]))).toThrow(
      /row 0, column 1 .*dimension 0 does not vary, but its covariances with dimension 1 are 0.5 and 0.5/,
    );
    for (const indefinite of [
      square([1, 1, 0.5], [1, 1, -0.5], [0.5, -0.5, 1]),
      square(
        [1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 0, 1, 0.9, -0.9],
        [0, 0, 0.9, 1, 0.9],
        [0, 0, -0.9, 0.9, 1],
      ),
    ]) {
      expect(() => totalCorrelationOfCovariance(indefinite, "S.npy")).toThrow(
        /^S\.npy: the matrix is indefinite/,
      );
    }
    expect(() => totalCorrelationOfCovariance(square([-1]))).toThrow(/variance of dimension 0 is -1/);
    const indefinite = square([1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]);
    expect(() => totalCorrelationOfCovariance(indefinite)).toThrow(/^covariance: the matrix is indefinite/);
    expect(() => totalCorrelationOfCovariance(square([1, Number.NaN], [0, 1]))).toThrow(
      /NaN is not a finite/,
    );
  });
});
