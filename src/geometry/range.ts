import { UserError } from "../errors.js";

/** Coordinates, and what messages call them. */
interface Coordinates {
  readonly name: string;
  readonly dimension: number;
  /** [count, dimension], row-major. */
  readonly coordinates: Float64Array | Float32Array;
}

/** Beyond this sums of squares leave float64, and no code of a model that learnt anything is so large. */
const LARGEST = 1e100;
/** Below this extent (and above 0) squares underflow: the points would be measured as a single one. */
const SMALLEST_EXTENT = 1e-100;
/** Powers of ten that float64 can add to the exponent of numbers of any size. */
const LARGEST_POWER = 300;

/**
 * Asserts that every coordinate is finite, and small enough to be squared.
 * @throws UserError naming the first one that is not by its row and column, and what to multiply by where they are merely large.
 */
export function assertFinite({ name, coordinates, dimension }: Coordinates): void {
  for (let at = 0; at < coordinates.length; at++) {
    const value = coordinates[at]!;
    if (Math.abs(value) <= LARGEST) continue;
    const where = `${name}, row ${Math.floor(at / dimension)}, column ${at % dimension} (both counted from 0)`;
    if (Number.isFinite(value)) {
      throw new UserError({
        where,
        what: `${value} is not a finite number within ±${LARGEST}: its square leaves float64`,
        remedy: `${rescaled(largestFinite(coordinates))}, or look for what made the model diverge`,
      });
    }
    throw new UserError({
      where,
      what: `${value} is not a finite number`,
      remedy: "Distances need finite numbers: drop this row, or look for what made the model diverge",
    });
  }
}

/**
 * Asserts that points lie far enough from each other for squares of their distances, unless all are the same.
 * @throws UserError with what to multiply by.
 */
export function assertExtent({ name, coordinates, dimension }: Coordinates): void {
  const extent = largestExtent(coordinates, dimension);
  if (extent === 0 || extent >= SMALLEST_EXTENT) return;
  throw new UserError({
    where: name,
    what: `all points lie within ${extent} of each other, and squares of such distances underflow float64`,
    remedy: rescaled(extent),
  });
}

/** How to bring numbers of some size to about 1. */
export function rescaled(size: number): string {
  const power = Math.min(LARGEST_POWER, -Math.floor(Math.log10(size)));
  return `Rescale the points: multiply all by 1e${power}`;
}

function largestFinite(coordinates: Coordinates["coordinates"]): number {
  let largest = 0;
  for (const value of coordinates) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return largest;
}

/** The largest range of any coordinate. */
function largestExtent(coordinates: Coordinates["coordinates"], dimension: number): number {
  const min = coordinates.slice(0, dimension);
  const max = coordinates.slice(0, dimension);
  for (let start = 0; start < coordinates.length; start += dimension) {
    for (let c = 0; c < dimension; c++) {
      const value = coordinates[start + c]!;
      if (value < min[c]!) min[c] = value;
      if (value > max[c]!) max[c] = value;
    }
  }
  let largest = 0;
  for (let c = 0; c < dimension; c++) largest = Math.max(largest, max[c]! - min[c]!);
  return largest;
}

/**
 * Asserts that an option of a measure is right.
 * @param where the measure and the option, such as `MIG, bins`.
 * @param wanted what it should be: `between 0 and 1`.
 * @throws UserError otherwise.
 */
export function requireOption(
  where: string,
  value: number,
  isRight: boolean,
  wanted: string,
  remedy = "Leave it out for the default value",
): void {
  if (isRight) return;
  throw new UserError({ where, what: `${value} is not ${wanted}`, remedy });
}

/** {@link requireOption} of an integer of at least `minimum`. */
export function requireWhole(where: string, value: number, minimum: number): void {
  requireOption(
    where,
    value,
    Number.isSafeInteger(value) && value >= minimum,
    `an integer of at least ${minimum}`,
  );
}
