import { UserError } from "../errors.js";
import type { Points } from "../geometry/points.js";

/**
 * Asserts that two sets of samples have the same features, and that each has at least this number of samples.
 * @throws UserError otherwise, naming the set.
 */
export function assertComparable(x: Points, y: Points, fewest: number): void {
  if (x.dimension !== y.dimension) {
    throw new UserError({
      where: y.name,
      what: `it has ${y.dimension} features per sample, but ${x.name} has ${x.dimension}`,
      remedy: "Give features of the same network for both",
    });
  }
  for (const { name, count } of [x, y]) {
    if (count >= fewest) continue;
    throw new UserError({
      where: name,
      what: `it holds ${count} samples; at least ${fewest} are needed`,
      remedy: "Give more samples, better a few thousand",
    });
  }
}
