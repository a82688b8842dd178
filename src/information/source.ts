import { refuse } from "../errors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import { assertEntries } from "./tables.js";

/** A source of finitely many symbols, and what its reproductions cost (rule B1). */
export interface DiscreteSource {
  /** Of each symbol, [N], summing to 1. */
  readonly probabilities: Float64Array;
  /** What it costs to reproduce symbol n as m, [N, M], row-major: finite and at least 0. */
  readonly distortions: Float64Array;
}

/** A source of finitely many points that may be reproduced by any point of space, at the squared distance (rule B3). */
export interface PointSource {
  /** Of each point, [N], summing to 1. */
  readonly probabilities: Float64Array;
  /** Coordinates, [N, K], row-major; weights of coordinates are folded into them. */
  readonly points: Float64Array;
}

/** Float32 files keep sums to about 1e-6; a mistake is larger. */
const SUM_TOLERANCE = 1e-5;

/** Beyond this squares leave float64. */
const LARGEST_COORDINATE = 1e100;

/**
 * Takes an array as probabilities: one axis, or a table of one row or one column. A sum within 1e-5 of 1 is
 * made 1 (rule B1).
 * @param array [N], [N, 1] or [1, N].
 * @param where how messages call the array: its file, for instance.
 * @returns [N], a copy in float64.
 * @throws UserError for another shape, data that do not fit it, an entry that is negative or not finite, and another sum.
 */
export function toProbabilities(array: NumericArray, where = "source"): Float64Array {
  assertNumericArray(array, where);
  const { shape, data } = array;
  if (shape.filter((extent) => extent !== 1).length > 1) {
    refuse(
      where,
      `probabilities have one axis, but this array has shape [${shape.join(", ")}]`,
      "Give one probability per symbol",
    );
  }
  const values = Float64Array.from(data);
  const wrong = values.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (wrong >= 0) {
    refuse(
      `${where}, entry ${wrong} (counted from 0)`,
      `${values[wrong]} is not a probability`,
      "Give finite numbers of at least 0",
    );
  }
  const sum = values.reduce((total, value) => total + value, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE) {
    const remedy = sum > 0 ? "Divide them by their sum" : "Give how probable each symbol is";
    refuse(where, `the probabilities sum to ${sum}, not to 1`, remedy);
  }
  return values.map((value) => value / sum);
}

/**
 * A source from what a person gives (rule B1): probabilities [N] and distortions [N, M].
 * @param source [N], summing to 1 within 1e-5.
 * @param distortion [N, M]: what it costs to reproduce symbol n as m, finite and at least 0.
 * @param where how messages call both arrays: their files, for instance.
 * @throws UserError as {@link toProbabilities}; for distortions of another shape, without a reproduction,
 * negative or not finite.
 */
export function toDiscreteSource(
  source: NumericArray,
  distortion: NumericArray,
  where: { readonly source?: string; readonly distortion?: string } = {},
): DiscreteSource {
  const probabilities = toProbabilities(source, where.source);
  const { shape } = distortion;
  const place = where.distortion ?? "distortion";
  assertNumericArray(distortion, place);
  const distortions = Float64Array.from(distortion.data);
  if (shape.length !== 2 || shape[0] !== probabilities.length || shape[1] < 1) {
    refuse(
      place,
      `the shape is [${shape.join(", ")}], but the source has ${probabilities.length} symbols`,
      `Give an array of shape [${probabilities.length}, reproductions], with at least one reproduction`,
    );
  }
  const isDistortion = (value: number) => value >= 0 && value < Number.POSITIVE_INFINITY;
  const remedy = "Give finite numbers of at least 0; for what must never happen a large one";
  assertEntries(distortions, shape[1], place, isDistortion, "is not a distortion", remedy);
  return { probabilities, distortions };
}

/**
 * A point source from user input (rule B3): points and their probabilities. Points that coincide become one,
 * and those of probability 0 are left out.
 * @param points [N, K], or [N] on a line.
 * @param source [N], summing to 1 within 1e-5; equal probabilities where it is undefined.
 * @param where how messages call both arrays: their files, for instance.
 * @throws UserError as {@link toProbabilities}, for another number of points, and for a coordinate that is
 * not finite or beyond 1e100.
 */
export function toPointSource(
  points: NumericArray,
  source: NumericArray | undefined,
  where: { readonly points?: string; readonly source?: string } = {},
): PointSource {
  const place = where.points ?? "points";
  assertNumericArray(points, place);
  const [count, dimension = 1] = points.shape;
  if (points.shape.length < 1 || points.shape.length > 2 || points.data.length === 0) {
    refuse(place, `the shape is [${points.shape.join(", ")}]`, "Give one row of coordinates per point");
  }
  const probabilities = source
    ? toProbabilities(source, where.source)
    : new Float64Array(count).fill(1 / count);
  if (probabilities.length !== count) {
    refuse(
      place,
      `there are ${count} points for ${probabilities.length} probabilities`,
      "Give one probability per point",
    );
  }
  const coordinates = Float64Array.from(points.data);
  const isCoordinate = (value: number) => Math.abs(value) <= LARGEST_COORDINATE;
  const what = `is not a finite number within ±${LARGEST_COORDINATE}`;
  assertEntries(coordinates, dimension, place, isCoordinate, what, "Give finite coordinates");
  return distinctPoints({ probabilities, points: coordinates });
}

/** The same source with points that coincide made one, and without those of probability 0. */
export function distinctPoints({ probabilities, points }: PointSource): PointSource {
  const dimension = points.length / probabilities.length;
  const found = new Map<string, { probability: number; row: Float64Array }>();
  probabilities.forEach((probability, n) => {
    if (probability === 0) return;
    const row = points.subarray(n * dimension, (n + 1) * dimension);
    const key = row.join();
    const known = found.get(key);
    if (known) known.probability += probability;
    else found.set(key, { probability, row });
  });
  const kept = [...found.values()];
  const coordinates = Float64Array.from(kept.flatMap(({ row }) => [...row]));
  return { probabilities: Float64Array.from(kept, ({ probability }) => probability), points: coordinates };
}

/**
 * The entropy of a distribution, -sum p ln p in nats: what is needed to distinguish all symbols.
 * @param probabilities [N], summing to 1; not checked, see `toProbabilities`.
 */
export function entropyNats(probabilities: Float64Array): number {
  return probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}
