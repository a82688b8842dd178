import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UserError } from "../../../src/errors.js";
import { distance, distortionIndices, type Points, toLabels, toPoints } from "../../../src/geometry/index.js";
import { anyPoints, moved, pointsOf, reordered } from "../arbitrary.js";
import { grid, labelsOf, pointsOfRows, uniformSource, valuesOf } from "./constructed.js";

const classOf = [0, 1, 2, 0, 1, 2, 2, 0];
const labels = labelsOf(classOf);
const eight = anyPoints({ count: 8, dimension: 2 });
/** Points that are all apart: what is near coinciding is a matter of rounding. */
const apart = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 99 })), {
    minLength: 8,
    maxLength: 8,
    selector: ([x, y]) => 100 * x + y,
  })
  .map((rows) => pointsOfRows(rows.map(([x, y]) => [x / 100, y / 100])));

/** Rules G10 to G14 word by word, over lists of draws: a sample and its own copy are no pair. */
function byDefinition(points: Points, draws: readonly number[], resampled: boolean) {
  const meanDistance = (keep: (i: number, j: number) => boolean) => {
    const found = draws.flatMap((i, a) =>
      draws.flatMap((j, b) =>
        a < b && i !== j && keep(classOf[i], classOf[j]) ? [distance(points, i, j)] : [],
      ),
    );
    return found.reduce((sum, value) => sum + value, 0) / found.length;
  };
  const row = (i: number) => [points.coordinates[2 * i], points.coordinates[2 * i + 1]];
  const mean = (rows: number[][]) => [0, 1].map((c) => rows.reduce((sum, r) => sum + r[c], 0) / rows.length);
  const centre = mean(draws.map(row));
  const differences = draws.map((i) => {
    const own = mean(draws.filter((j) => classOf[j] === classOf[i]).map(row));
    return { between: own.map((x, c) => x - centre[c]), within: row(i).map((x, c) => x - own[c]) };
  });
  const covariance = (vectors: number[][]) =>
    [0, 1].map((a) => [0, 1].map((b) => vectors.reduce((sum, v) => sum + v[a] * v[b], 0) / vectors.length));
  const between = covariance(differences.map((d) => d.between));
  const within = covariance(differences.map((d) => d.within));
  const trace = (m: number[][]) => m[0][0] + m[1][1];
  const traceOfProduct = (a: number[][], b: number[][]) =>
    a.flat().reduce((sum, value, k) => sum + value * b.flat()[k], 0);
  // What the sampling of each class adds to the covariance of the class means; of it, at most half may go.
  const sampling = [0, 1].map((a) =>
    [0, 1].map((b) =>
      [0, 1, 2].reduce((sum, k) => {
        const own = draws
          .map((i, at) => ({ k: classOf[i], d: differences[at].within }))
          .filter((one) => one.k === k);
        const scatter = own.reduce((total, { d }) => total + d[a] * d[b], 0) / Math.max(1, own.length - 1);
        return sum + ((1 - own.length / draws.length) * scatter) / draws.length;
      }, 0),
    ),
  );
  const taken = resampled
    ? Math.min(
        1,
        traceOfProduct(between, within) / traceOfProduct(sampling, within) / 2,
        trace(between) / trace(sampling) / 2,
      )
    : 0;
  const along =
    (traceOfProduct(between, within) - taken * traceOfProduct(sampling, within)) /
    (trace(between) - taken * trace(sampling));
  const axes = [0, 1].map((a) => [0, 1].map((b) => between[a][b] - taken * sampling[a][b]));
  const orthogonality = () => {
    const [outside, inside] = [trace(between), trace(within)].map(
      (variance) => variance > 1e-24 * (trace(between) + trace(within)),
    );
    if (!outside) return inside ? 0 : Number.NaN;
    if (!inside || traceOfProduct(between, within) <= 1e-24 * trace(between) * trace(within))
      return Number.POSITIVE_INFINITY;
    // All that varies along the axes of the classes, over what of it varies within them.
    const total = axes.map((row, a) => row.map((entry, b) => entry + within[a][b]));
    return Math.log(traceOfProduct(axes, total) / traceOfProduct(axes, within));
  };
  return {
    separation: Math.log(meanDistance((a, b) => a !== b) / meanDistance((a, b) => a === b)),
    separationOf: [0, 1, 2].map((k) =>
      Math.log(
        meanDistance((a, b) => a !== b && (a === k || b === k)) / meanDistance((a, b) => a === k && b === k),
      ),
    ),
    room: [0, 1, 2].map((k) =>
      Math.log(meanDistance((a, b) => a === k && b === k) / meanDistance((a, b) => a === b && a !== k)),
    ),
    // Below 1e-24 of the variance is rounding (G13, G19).
    orthogonality: orthogonality(),
    factorization:
      Math.min(trace(between), trace(within)) <= 1e-24 * (trace(between) + trace(within))
        ? Number.NaN
        : traceOfProduct(between, within) <= 1e-24 * trace(between) * trace(within)
          ? Number.POSITIVE_INFINITY
          : Math.log(traceOfProduct(within, within) / trace(within) / along),
  };
}

const near = (a: number, b: number, tolerance = 1e-8) =>
  expect(Number.isNaN(a) === Number.isNaN(b) && !(Math.abs(a - b) > tolerance), `${a} is not ${b}`).toBe(
    true,
  );

describe("definitions (G10 to G14, G19)", () => {
  test("property: the definitions, computed the long way, on all samples and on a resample with its copies", () => {
    const draws = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(apart, apart, draws, (latents, reference, drawn) => {
        const found = distortionIndices(latents, reference, labels, {
          uniform: () => Float64Array.from(drawn, (i) => (i + 0.5) / 8),
          resamples: 1,
        });
        const all = [latents, reference].map((points) =>
          byDefinition(points, [0, 1, 2, 3, 4, 5, 6, 7], false),
        );
        const once = [latents, reference].map((points) => byDefinition(points, drawn, true));
        const check = (
          index: { value: number; low: number; high: number; inCode: number; resamples: number },
          of: (found: ReturnType<typeof byDefinition>) => number,
        ) => {
          near(index.inCode, of(all[0]));
          near(index.value, of(all[0]) - of(all[1]));
          expect(index.low).toBe(index.high);
          const resampled = of(once[0]) - of(once[1]);
          if (Number.isNaN(index.value)) expect(index.low).toBeNaN();
          else if (Number.isFinite(resampled)) near(index.low, resampled);
        };
        check(found.prototypization, ({ separation }) => separation);
        check(found.orthogonalization, ({ orthogonality }) => orthogonality);
        check(found.factorization, ({ factorization }) => factorization);
        for (const k of [0, 1, 2]) {
          check(found.prototypization.byClass[k], ({ separationOf }) => separationOf[k]);
          check(found.specialization.byClass[k], ({ room }) => room[k]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("property: a code against itself is exactly 0, with an interval of exactly 0", () => {
    fc.assert(
      fc.property(eight, fc.integer({ min: 0, max: 99 }), (points, seed) => {
        const { prototypization, specialization, orthogonalization, factorization } = distortionIndices(
          points,
          points,
          labels,
          { uniform: uniformSource(seed), resamples: 20 },
        );
        const all = [
          prototypization,
          orthogonalization,
          factorization,
          ...prototypization.byClass,
          ...specialization.byClass,
        ];
        // Undefined only where the points or the class means coincide.
        for (const { value, low, high, resamples } of all) {
          if (Number.isNaN(value)) continue;
          expect(value).toBe(0);
          if (resamples > 0) expect([low, high]).toEqual([0, 0]);
        }
      }),
    );
  });

  test("property: rotated, mirrored, moved and scaled codes are undistorted; in more dimensions too", () => {
    const map = fc.record({
      angle: fc.double({ min: 0, max: 6, noNaN: true }),
      scale: fc.double({ min: 0.01, max: 100, noNaN: true }),
      mirror: fc.constantFrom(-1, 1),
      shift: fc.double({ min: -50, max: 50, noNaN: true }),
    });
    fc.assert(
      fc.property(apart, apart, map, (latents, reference, { angle, scale, mirror, shift }) => {
        const turn = ([x, y]: Float64Array) => {
          const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
          return [cos * x - sin * y + shift, 7, mirror * (sin * x + cos * y)];
        };
        const undistorted = valuesOf(moved(reference, turn), reference, labels);
        const flat = ({ prototypizationOf, specialization, ...rest }: typeof undistorted) => [
          ...Object.values(rest),
          ...prototypizationOf,
          ...specialization,
        ];
        for (const value of flat(undistorted)) near(value, 0);
        const before = flat(valuesOf(latents, reference, labels));
        const after = flat(valuesOf(moved(latents, turn), moved(reference, turn), labels));
        const swapped = flat(valuesOf(reference, latents, labels));
        for (const [k, value] of before.entries()) {
          near(after[k], value, 1e-7);
          near(swapped[k], -value);
        }
      }),
    );
  });

  test("property: the order of the samples changes no value", () => {
    const order = [6, 2, 0, 5, 7, 3, 1, 4];
    fc.assert(
      fc.property(apart, apart, (latents, reference) => {
        const before = valuesOf(latents, reference, labels);
        const after = valuesOf(
          reordered(latents, order),
          reordered(reference, order),
          labelsOf(order.map((i) => classOf[i])),
        );
        near(after.prototypization, before.prototypization);
        near(after.orthogonalization, before.orthogonalization);
        near(after.factorization, before.factorization);
        for (const k of [0, 1, 2]) near(after.specialization[k], before.specialization[k]);
      }),
    );
  });
});

describe("limits and refusals (G10 to G14, G19)", () => {
  const rows = grid(4);
  const quadrant = labelsOf(rows.map(([x, y]) => (x > 0 ? 2 : 0) + (y > 0 ? 1 : 0)));
  const reference = pointsOfRows(rows);

  test("classes that became points: prototypization and orthogonalization are infinite, the others undefined", () => {
    const points = pointsOfRows(rows.map(([x, y]) => [Math.sign(x), Math.sign(y)]));
    const found = valuesOf(points, reference, quadrant);
    expect(found.prototypization).toBe(Number.POSITIVE_INFINITY);
    expect(found.specialization).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(found.orthogonalization).toBe(Number.POSITIVE_INFINITY);
    expect(found.factorization).toBeNaN();
    expect(valuesOf(reference, points, quadrant).prototypization).toBe(Number.NEGATIVE_INFINITY);
    expect(valuesOf(points, points, quadrant).prototypization).toBe(0);
  });

  test("one class that became a point lost all its room", () => {
    const points = pointsOfRows(rows.map(([x, y]) => (x > 0 && y > 0 ? [0.5, 0.5] : [x, y])));
    const { specialization, prototypizationOf } = valuesOf(points, reference, quadrant);
    expect(specialization[3]).toBe(Number.NEGATIVE_INFINITY);
    expect(specialization[0]).toBeGreaterThan(0);
    expect(prototypizationOf[3]).toBe(Number.POSITIVE_INFINITY);
  });

  test("a code that collapsed to one point is undefined everywhere", () => {
    // A mean of a tenth is a tenth only but for rounding, which is no direction of its own.
    for (const value of [3, 0.1]) {
      const found = distortionIndices(pointsOfRows(rows.map(() => [value, value])), reference, quadrant, {
        uniform: uniformSource(),
      });
      const { prototypization, orthogonalization, factorization, specialization } = found;
      for (const index of [prototypization, orthogonalization, factorization, specialization.byClass[0]]) {
        expect(index).toMatchObject({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
      }
    }
    const still = distortionIndices(
      pointsOf(Array(7).fill(0.1), 1),
      pointsOf(
        Array.from({ length: 7 }, (_, i) => Math.sin(i)),
        1,
      ),
      labelsOf([0, 1, 2, 0, 1, 2, 0]),
      { uniform: uniformSource() },
    );
    expect(still.orthogonalization.value).toBeNaN();
  });

  test("a class of one sample has no distances within; resamples that lack a pair are left out and counted", () => {
    const points = pointsOf([0, 1, 3, 4, 9, 11], 1);
    const { specialization } = distortionIndices(
      moved(points, ([x]) => [x * x]),
      points,
      labelsOf([0, 0, 0, 0, 1, 2]),
      { uniform: uniformSource() },
    );
    expect(specialization.byClass[1].value).toBeNaN();
    expect(specialization.byClass[1].resamples).toBe(0);
    const two = distortionIndices(
      moved(points, ([x]) => [x * x]),
      points,
      labelsOf([0, 0, 0, 0, 1, 1]),
      {
        uniform: uniformSource(),
        resamples: 400,
      },
    ).specialization.byClass[1];
    // Both of the two samples are drawn, and two different ones of the other four.
    expect(two.resamples / 400).toBeGreaterThan(0.3);
    expect(two.resamples / 400).toBeLessThan(0.6);
    expect(Number.isFinite(two.low)).toBe(true);
  });

  test("class means that coincide have no direction", () => {
    const points = pointsOf([-1, 0, 1, 0, 0, 2, 0, -2], 2);
    const { orthogonalization, factorization } = valuesOf(points, points, labelsOf([0, 0, 1, 1]));
    expect(factorization).toBeNaN();
    expect(orthogonalization).toBe(0);
  });

  test("property: any numbers are measured, or refused in one line", () => {
    const wild = fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, 1e-320, 1e100, -1e100, 1e-90));
    const array = (count: number) =>
      fc.array(wild, { minLength: count, maxLength: count }).map((values) => Float64Array.from(values));
    fc.assert(
      fc.property(
        array(12),
        array(6),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 }),
        (a, b, y) => {
          try {
            const [code, base] = [a, b].map((data) => toPoints({ shape: [6, data.length / 6], data }));
            const found = distortionIndices(code, base, labelsOf(y), {
              uniform: uniformSource(),
              resamples: 10,
            });
            const { prototypization, orthogonalization, factorization, specialization } = found;
            const all = [prototypization, orthogonalization, factorization, ...specialization.byClass];
            for (const { value, low, high, resamples } of all) {
              if (Number.isNaN(value) || resamples === 0)
                expect([low, high]).toEqual([Number.NaN, Number.NaN]);
              else expect(low).toBeLessThanOrEqual(high);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
            expect((error as UserError).message).not.toContain("\n");
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("refused in one line", () => {
    const points = pointsOf([0, 1, 2, 4], 1, "Z.npy");
    const uniform = uniformSource();
    const two = labelsOf([0, 0, 1, 1]);
    const name = (values: number[]) =>
      toLabels({ shape: [values.length], data: Float64Array.from(values) }, "y.npy");
    expect(() => distortionIndices(points, points, name([1, 1, 1, 1]), { uniform })).toThrow(
      /^y\.npy: all samples are in one class/,
    );
    expect(() => distortionIndices(points, points, name([1, 2, 3, 4]), { uniform })).toThrow(
      /^y\.npy: no two samples share a class/,
    );
    expect(() => distortionIndices(points, pointsOf([0, 1], 1), two, { uniform })).toThrow(
      /it holds 2 samples/,
    );
    expect(() => distortionIndices(points, points, labelsOf([0, 1]), { uniform })).toThrow(
      /it holds 2 samples/,
    );
    expect(() => distortionIndices(points, points, two, { uniform, resamples: 1.5 })).toThrow(
      /resamples: 1\.5/,
    );
    expect(() => distortionIndices(points, points, two, { uniform, confidence: 1 })).toThrow(
      /confidence: 1 /,
    );
    const wide = pointsOf(new Array(4 * 300).fill(0), 300, "pixels.npy");
    expect(() => distortionIndices(points, wide, two, { uniform })).toThrow(/^pixels\.npy: 300 dimensions/);
  });
});
