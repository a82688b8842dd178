import { metricMds, type Points } from "../geometry/index.js";
import type { NumericArray } from "../numeric-array.js";
import { PhiloxStream } from "../random/stream.js";

/** A code in two dimensions. */
export interface CodeMap {
  /** [points, 2] */
  readonly points: NumericArray<Float64Array>;
  /** How it was made, as a sentence for a caption. */
  readonly about: string;
  /** What the axes are: null for one that means nothing, empty for those of an embedding. */
  readonly axes: readonly [x: string | null, y: string | null];
  /** Of an embedding: what it misses of the distances (stress-1, rule G7), from 0. */
  readonly stress1?: number;
}

/** Names the stream of random starts and heights: part of the result, never to be renamed. */
const STREAM = "latent map";
/** Heights of a code of one dimension, as a share of its range. */
const STRIP = 0.25;

/**
 * A map of a code: its own two dimensions, a strip of its only one, or of more dimensions metric MDS (rule G8), which keeps the
 * distances of all pairs as well as two dimensions can.
 */
export function codeMap(points: Points, seed: number): CodeMap {
  const { count, dimension, coordinates } = points;
  const stream = new PhiloxStream(seed, STREAM);
  const uniform = (length: number) => stream.fillUniform(new Float64Array(length));
  if (dimension === 1) {
    const range = coordinates.reduce((a, b) => Math.max(a, b)) - coordinates.reduce((a, b) => Math.min(a, b));
    const heights = uniform(count);
    return {
      points: {
        shape: [count, 2],
        data: Float64Array.from({ length: 2 * count }, (_, k) =>
          k % 2 === 0 ? coordinates[k / 2]! : STRIP * range * heights[(k - 1) / 2]!,
        ),
      },
      axes: ["z1", null],
      about: "The code has one dimension; heights are random and keep the dots apart.",
    };
  }
  if (dimension === 2) {
    return {
      points: { shape: [count, 2], data: coordinates },
      axes: ["z1", "z2"],
      about: "The code has two dimensions.",
    };
  }
  const { embedding, stress1 } = metricMds(points, uniform);
  return {
    points: embedding,
    axes: ["", ""],
    about: `The ${dimension} dimensions of the code are shown in two by metric MDS.`,
    stress1,
  };
}
