import { UserError } from "../errors.js";

/**
 * A list of different things, taken apart at its commas; undefined where it is not given.
 * @param read one of them, told which option it is of.
 * @throws UserError what `read` throws.
 */
export function listOf<Item>(
  option: string,
  text: string | undefined,
  read: (item: string, where: string) => Item,
): Item[] | undefined {
  return text === undefined
    ? undefined
    : [...new Set(text.split(",").map((item) => read(item, `${option} ${text}`)))];
}

/**
 * A whole number from 1 to so many.
 * @throws UserError for another one.
 */
export function countOf(option: string, text: string, maximum: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= maximum) return value;
  throw new UserError({
    where: `${option} ${text}`,
    what: "out of range",
    remedy: `Give a whole number from 1 to ${maximum}`,
  });
}

/** More seeds or workers than these are a slip of the hand. */
const MOST_SEEDS = 100;
const MOST_WORKERS = 64;

/** How many seeds a command line asks for. */
export function seedsOf(text: string): number {
  return countOf("--seeds", text, MOST_SEEDS);
}

/** How many processes a command line asks for. */
export function workersOf(text: string): number {
  return countOf("--workers", text, MOST_WORKERS);
}
