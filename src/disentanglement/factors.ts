import { UserError } from "../errors.js";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";

/** One factor of variation: which of its values each sample has. */
export interface Factor {
  readonly name: string;
  /** The distinct values, ascending. */
  readonly values: readonly number[];
  /** [samples], the value of each sample, as an index into `values`. */
  readonly valueIndex: Uint32Array;
}

/** What varied when the samples were made: the known causes that a code is compared with (rule M1). */
export interface Factors {
  /** How messages call them: a file, or "factors". */
  readonly name: string;
  /** Number of samples. */
  readonly count: number;
  readonly factors: readonly Factor[];
}

/**
 * Takes an array of integers as factors of variation (rule M1).
 * @param array shape [samples, factors], or [samples] for one factor.
 * @param name how messages call the array.
 * @param factorNames one per factor; by default their column numbers.
 * @throws UserError for another shape, data that do not fit it, fewer than 2 samples, and an entry that is not an integer (its row and column are
 * named).
 */
export function toFactors(
  array: NumericArray,
  name = "factors",
  factorNames: readonly string[] = [],
): Factors {
  assertNumericArray(array, name);
  const [count = 0, width = 1] = array.shape;
  if (array.shape.length > 2 || count < 2 || width < 1) {
    throw new UserError({
      where: name,
      what: `an array of shape [${array.shape.join(", ")}] is not a table of factors of at least 2 samples`,
      remedy: "Give one row per sample and one column per factor (shape [N, K])",
    });
  }
  const bad = array.data.findIndex((value: number) => !Number.isInteger(value));
  if (bad >= 0) {
    throw new UserError({
      where: `${name}, row ${Math.floor(bad / width)}, column ${bad % width} (both counted from 0)`,
      what: `the factor's value ${array.data[bad]} is not an integer`,
      remedy: "Number the values of each factor: 0, 1, 2 and so on",
    });
  }
  const factors = Array.from({ length: width }, (_, column) => ({
    name: factorNames[column] ?? String(column),
    ...indexValues(array, column, width),
  }));
  return { name, count, factors };
}

function indexValues({ data }: NumericArray, column: number, width: number): Omit<Factor, "name"> {
  const found = new Map<number, number>();
  const valueIndex = new Uint32Array(data.length / width);
  for (let i = 0; i < valueIndex.length; i++) {
    const value = data[i * width + column];
    let index = found.get(value);
    if (index === undefined) {
      index = found.size;
      found.set(value, index);
    }
    valueIndex[i] = index;
  }
  const values = [...found.keys()].sort((a, b) => a - b);
  const rank = new Uint32Array(values.length);
  for (const [position, value] of values.entries()) rank[found.get(value)!] = position;
  for (let i = 0; i < valueIndex.length; i++) valueIndex[i] = rank[valueIndex[i]];
  return { values, valueIndex };
}

/**
 * The factors that have more than one value: the others say nothing about a code, and the scores refuse them.
 * @param factors as {@link toFactors} makes them.
 */
export function varyingFactors({ factors, ...table }: Factors): Factors {
  return { ...table, factors: factors.filter(({ values }) => values.length > 1) };
}

/**
 * Asserts that there are factors and that each of them varies.
 * @throws UserError naming the first that does not.
 */
export function assertVarying({ name, factors }: Factors): void {
  const constant = factors.find(({ values }) => values.length < 2);
  if (factors.length > 0 && !constant) return;
  throw new UserError({
    where: constant ? `${name}, factor ${constant.name}` : name,
    what: constant ? `it is ${constant.values[0]} in all samples` : "no factor varies",
    remedy: "Give factors of at least two values each, and leave constant ones out",
  });
}
