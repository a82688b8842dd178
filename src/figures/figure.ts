import type { TopLevelSpec } from "vega-lite";
import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";

/** The numbers behind a figure, as a reader would want them in a spreadsheet. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * A figure before it is drawn: one declarative specification from which SVG, PNG, PDF and an interactive page come.
 * Colours of ink and paper are left to the theme, so that the same figure reads on a light and on a dark page.
 */
export interface FigureSpec {
  /** Kind of figure as registered (`latent-map`, ...); also the stem of a downloaded file. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences: what is drawn, in which units. Also read out by screen readers. */
  readonly caption: string;
  readonly spec: TopLevelSpec;
  readonly table: FigureTable;
}

/**
 * Checks that an array has `axes` axes and as many elements as its shape says, none of them empty.
 * @throws UserError naming `where` and the shape found.
 */
export function requireShape(array: NumericArray, axes: readonly string[], where: string): void {
  const wanted = `[${axes.join(", ")}]`;
  const count = array.shape.reduce((product, extent) => product * extent, 1);
  if (array.shape.length === axes.length && count === array.data.length && count > 0) return;
  throw new UserError({
    where,
    what: `the array has shape [${array.shape.join(", ")}] and ${array.data.length} elements, where ${wanted} is drawn`,
    remedy: `Give a non-empty array of shape ${wanted}`,
  });
}

/**
 * Checks that two lists which belong together are equally long.
 * @throws UserError naming `where` and both lengths.
 */
export function requireLength(found: number, wanted: number, where: string, of: string): void {
  if (found === wanted) return;
  throw new UserError({
    where,
    what: `${found} given for ${wanted} ${of}`,
    remedy: `Give one for each of the ${wanted} ${of}`,
  });
}

/**
 * Checks that there is a number, and that every one of them is finite.
 * @throws UserError naming `where` and the first that is not.
 */
export function requireFinite(values: ArrayLike<number>, where: string): void {
  if (values.length === 0) {
    throw new UserError({ where, what: "no value given", remedy: "Give at least one" });
  }
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k])) continue;
    throw new UserError({
      where,
      what: `value ${k} is not finite (${values[k]})`,
      remedy: "Leave it out, or look where it comes from",
    });
  }
}
