import type { Points } from "../../src/geometry/index.js";
import { PhiloxStream } from "../../src/random/stream.js";

/** Points in general position: uniform in a cube. */
export function uniformPoints(seed: number, count: number, dimension: number): Points {
  const stream = new PhiloxStream(seed, "test points", dimension);
  const coordinates = stream.fillUniform(new Float64Array(count * dimension));
  return { name: "points", count, dimension, coordinates };
}

/** Points of a small lattice: most of them have equal distances, and some coincide. */
export function latticePoints(seed: number, count: number, dimension: number, sites = 3): Points {
  const stream = new PhiloxStream(seed, "test lattice", dimension);
  const coordinates = Float64Array.from({ length: count * dimension }, () => stream.integer(sites));
  return { name: "points", count, dimension, coordinates };
}
