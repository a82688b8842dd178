import fc from "fast-check";
import { expect, test } from "vitest";
import { applyMap, orthogonalAlignment } from "../../site/lab/views/numbers/procrustes.js";

const POINTS = Float32Array.from([0, 0, 3, 0, 0, 1, 2, 5, -4, 1.5]);

/** The points turned by an angle, mirrored first or not, and moved. */
function moved(angle: number, mirrored: boolean, shift = 0): Float32Array {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return POINTS.map((_, k) => {
    const [x, y] = [POINTS[k - (k % 2)], (mirrored ? -1 : 1) * POINTS[k - (k % 2) + 1]];
    return (k % 2 === 0 ? x * cosine - y * sine : x * sine + y * cosine) + shift;
  });
}

function aligned(from: Float32Array, onto: Float32Array): Float32Array {
  const points = from.slice();
  applyMap(points, orthogonalAlignment(from, onto));
  return points;
}

test("a rotation, with or without a reflection, is undone", () => {
  fc.assert(
    fc.property(fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }), fc.boolean(), (angle, mirrored) => {
      const back = aligned(moved(angle, mirrored), POINTS);
      for (const [k, value] of back.entries()) expect(value).toBeCloseTo(POINTS[k], 5);
    }),
  );
});

test("neither a shift nor a scale of either set turns the map", () => {
  const turned = moved(0.7, true);
  const map = orthogonalAlignment(turned, POINTS);
  const other = orthogonalAlignment(
    moved(0.7, true, 40),
    POINTS.map((value) => 0.01 * value - 3),
  );
  for (const key of ["a", "b", "c", "d"] as const) expect(other[key]).toBeCloseTo(map[key], 5);
});

test("the map is orthogonal, and no rotation or reflection on a grid of angles is nearer", () => {
  const pair = fc.tuple(
    fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 6 }),
    fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 6 }),
  );
  fc.assert(
    fc.property(pair, ([from, onto]) => {
      const map = orthogonalAlignment(from, onto);
      expect(map.a ** 2 + map.b ** 2).toBeCloseTo(1, 10);
      expect(map.a * map.c + map.b * map.d).toBeCloseTo(0, 10);
      const score = (a: number, b: number, c: number, d: number) => {
        const mean = (set: readonly number[], axis: number) =>
          (set[axis] + set[axis + 2] + set[axis + 4]) / 3;
        return [0, 2, 4].reduce((sum, k) => {
          const [x, y] = [from[k] - mean(from, 0), from[k + 1] - mean(from, 1)];
          return (
            sum +
            (x * a + y * c) * (onto[k] - mean(onto, 0)) +
            (x * b + y * d) * (onto[k + 1] - mean(onto, 1))
          );
        }, 0);
      };
      const angles = Array.from({ length: 120 }, (_, k) => (k * Math.PI) / 60);
      const others = angles.flatMap((angle) => {
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        return [score(cosine, sine, -sine, cosine), score(cosine, sine, sine, -cosine)];
      });
      expect(Math.max(...others)).toBeLessThanOrEqual(score(map.a, map.b, map.c, map.d) + 1e-6);
    }),
  );
});

test("points that coincide, and cells that are missing, leave the map as it is", () => {
  const nothing = { a: 1, b: 0, c: 0, d: 1 };
  expect(orthogonalAlignment(new Float32Array(6), POINTS.slice(0, 6))).toEqual(nothing);
  expect(orthogonalAlignment([], [])).toEqual(nothing);
  const withGap = moved(0.5, false);
  withGap[2] = Number.NaN;
  const map = orthogonalAlignment(withGap, POINTS);
  expect(map.a).toBeCloseTo(Math.cos(0.5), 5);
});
