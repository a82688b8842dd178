import type { DiscreteSource, PointSource } from "../../src/information/source.js";

/** Entropy of the given probabilities, in nats. */
export function entropy(...probabilities: readonly number[]): number {
  return probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

/** Symbols that may be taken for each other at a cost of 1. */
export function hamming(...probabilities: readonly number[]): DiscreteSource {
  const count = probabilities.length;
  return {
    probabilities: Float64Array.from(probabilities),
    distortions: Float64Array.from({ length: count * count }, (_, k) =>
      Number(Math.floor(k / count) !== k % count),
    ),
  };
}

/** A normal source of variance 1 on a grid of the given step, out to 6 deviations. */
export function gaussianGrid(step: number): PointSource {
  const half = Math.round(6 / step);
  const points = Float64Array.from({ length: 2 * half + 1 }, (_, k) => (k - half) * step);
  const densities = points.map((x) => Math.exp((-x * x) / 2));
  const total = densities.reduce((sum, value) => sum + value, 0);
  return { probabilities: densities.map((value) => value / total), points };
}

/** A point source whose reproductions are tied to a grid of places [M, K]. */
export function onGrid({ probabilities, points }: PointSource, grid: Float64Array): DiscreteSource {
  const dimension = points.length / probabilities.length;
  const [rows, columns] = [probabilities.length, grid.length / dimension];
  return {
    probabilities,
    distortions: Float64Array.from({ length: rows * columns }, (_, k) => {
      const [n, m] = [Math.floor(k / columns), k % columns];
      let sum = 0;
      for (let c = 0; c < dimension; c++) sum += (points[n * dimension + c] - grid[m * dimension + c]) ** 2;
      return sum;
    }),
  };
}
