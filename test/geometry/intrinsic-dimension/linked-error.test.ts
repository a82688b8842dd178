import { describe, expect, test } from "vitest";
import {
  type DimensionEstimate,
  gride,
  levinaBickel,
  type Neighbours,
  nearestNeighbours,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../../../src/geometry/index.js";
import { linkedError } from "../../../src/geometry/intrinsic-dimension/linked-error.js";
import { uniformPoints } from "../random-points.js";

/** Rule N11, word by word. */
function overAllPairs(influences: Float64Array, neighbours: Neighbours, reach: number): number {
  const { queries, indices, k } = neighbours;
  const lists = (a: number, b: number) => indices.subarray(a * k, a * k + reach).includes(queries[b]);
  let [own, shared] = [0, 0];
  for (let a = 0; a < queries.length; a++) {
    own += influences[a] ** 2;
    for (let b = 0; b < queries.length; b++) {
      if (a !== b && (lists(a, b) || lists(b, a))) shared += influences[a] * influences[b];
    }
  }
  return Math.sqrt(own + Math.max(0, shared));
}

describe("errors that count shared neighbours (N11)", () => {
  test("are the sum over all linked pairs, of all rows or of some as queries", () => {
    const points = uniformPoints(1, 40, 2);
    for (const queries of [undefined, Int32Array.of(7, 3, 30, 12, 11, 25, 0, 39)]) {
      const neighbours = nearestNeighbours(points, 6, queries ? { queries } : {});
      const asked = Int32Array.from(neighbours.queries.keys());
      for (const sign of [1, -1]) {
        const influences = Float64Array.from(asked, (m) => (sign < 0 ? Math.cos(3 * m) : 1 + (m % 3)));
        for (const reach of [1, 2, 6]) {
          expect(linkedError(influences, asked, neighbours, reach)).toBeCloseTo(
            overAllPairs(influences, neighbours, reach),
            10,
          );
        }
      }
    }
  });

  test("are null for distances alone", () => {
    const { k, distances, points } = nearestNeighbours(uniformPoints(1, 30, 2), 8);
    const lists = { k, distances, points };
    for (const found of [twoNnFit(lists), twoNnBayes(lists), gride(lists, 2, 4), levinaBickel(lists)]) {
      expect(found.linkedError).toBeNull();
      expect(found.standardError).toBeGreaterThan(0);
    }
  });

  test.each([1, 2, 5])("agree with the spread over 200 samples of a cube of %d dimensions", (dimension) => {
    const estimators: Record<string, (neighbours: Neighbours) => DimensionEstimate> = {
      fit: twoNnFit,
      "maximum likelihood": twoNnMaximumLikelihood,
      gride: (neighbours) => gride(neighbours, 4, 8),
      "levina-bickel": (neighbours) => levinaBickel(neighbours, { neighbours: 8 }),
    };
    const samples = Array.from({ length: 200 }, (_, seed) =>
      nearestNeighbours(uniformPoints(seed, 200, dimension), 8),
    );
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const [name, estimate] of Object.entries(estimators)) {
      const found = samples.map(estimate);
      const centre = mean(found.map((each) => each.dimension));
      const spread = Math.sqrt(mean(found.map((each) => (each.dimension - centre) ** 2)));
      const linked = spread / mean(found.map((each) => each.linkedError!));
      const independent = spread / mean(found.map((each) => each.standardError));
      // The spread itself is known to 5 %.
      expect(linked, `${name}, linked`).toBeGreaterThan(0.8);
      expect(linked, `${name}, linked`).toBeLessThan(1.25);
      expect(independent, `${name}, independent`).toBeGreaterThan(1.05);
      expect(independent, `${name}, independent`).toBeLessThan(1.7);
    }
  });

  test("of a fit to independent ratios is the spread of such fits", () => {
    // What the jackknife promises: ratios of a Pareto distribution of 3 dimensions, no point among them shared.
    const fits = Array.from({ length: 200 }, (_, seed) => {
      const { coordinates } = uniformPoints(seed, 300, 1);
      const distances = Float64Array.from({ length: 600 }, (_, i) =>
        i % 2 === 0 ? 1 : (1 - coordinates[(i - 1) / 2]) ** (-1 / 3),
      );
      return twoNnFit({ k: 2, points: 300, distances });
    });
    const centre = fits.reduce((sum, each) => sum + each.dimension, 0) / 200;
    const spread = Math.sqrt(fits.reduce((sum, each) => sum + (each.dimension - centre) ** 2, 0) / 200);
    const result = fits.reduce((sum, each) => sum + each.standardError, 0) / 200;
    expect(Math.abs(centre - 3)).toBeLessThan((5 * spread) / Math.sqrt(200));
    expect(spread / result).toBeGreaterThan(0.85);
    expect(spread / result).toBeLessThan(1.15);
  });
});
