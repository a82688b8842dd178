/** What statements are made of: numbers that our results and the published ones both have, differences and extremes of them. */

import type { CheckedStatement, ClaimNumber } from "../../../reproduction/statements/claim.js";
import { maxBy } from "../../../reproduction/statements/numbers.js";
import { mean } from "../../../statistics.js";
import type { Keys, Quantity } from "../measures/observations.js";
import { published } from "../published.js";
import type { View } from "./view.js";

/** Our numbers, or the paper's. NaN where there is none. */
type Numbers = View["number"];

/** A number of a statement, computed in the same way from our numbers and from the published ones. */
export interface Term {
  readonly label: string;
  readonly unit?: string;
  readonly of: (numbers: Numbers) => number;
}

/** A number as the page shows it. */
export type Shown = (ours: Numbers) => ClaimNumber;

const PUBLISHED: Numbers = (quantity, keys) => published(quantity, { ...keys })?.value ?? Number.NaN;

/** A statement of the paper as a row of a table. */
export interface StatementRow extends Omit<Statement, "check"> {
  readonly terms: readonly Term[];
  /** Does it hold of these values of the terms? */
  readonly holds: (values: readonly number[]) => boolean;
  /** What is shown; by default every term with the published value next to it. */
  readonly show?: readonly Shown[];
}

/** A statement of this paper that can be checked. */
export type Statement = CheckedStatement<View>;

/** The check of a row: the view remembers which numbers it lacks. */
export function checked({ terms, holds, show = terms.map(compared), ...row }: StatementRow): Statement {
  return {
    ...row,
    check: ({ number }) => ({
      holds: holds(terms.map(({ of }) => of(number))),
      numbers: show.map((shown) => shown(number)),
    }),
  };
}

/** A number as it is, under the label. */
export function quantity(label: string, unit: string | undefined, name: Quantity, keys: Keys): Term {
  return { label, ...(unit === undefined ? {} : { unit }), of: (numbers) => numbers(name, keys) };
}

/** One term minus another. */
export function minus(label: string, a: Term, b: Term): Term {
  return { ...a, label, of: (numbers) => a.of(numbers) - b.of(numbers) };
}

/** The mean of terms. */
export function meanOf(label: string, terms: readonly Term[]): Term {
  return { ...terms[0]!, label, of: (numbers) => mean(terms.map(({ of }) => of(numbers))) };
}

/** The number of terms above a value. */
export function countAbove(label: string, value: number, terms: readonly Term[]): Term {
  return { label, of: (numbers) => terms.filter(({ of }) => of(numbers) > value).length };
}

/** Our number, with the published one next to it where there is one. */
export function compared(term: Term): Shown {
  return withPublished(alone(term));
}

/** The same of any number that is computed from ours. */
export function withPublished(shown: Shown): Shown {
  return (ours) => {
    const { value: known } = shown(PUBLISHED);
    return { ...shown(ours), ...(Number.isNaN(known) ? {} : { published: known }) };
  };
}

/** Our number, where the published one would tell nothing. */
export function alone({ label, of, unit }: Term): Shown {
  return (ours) => ({ label, value: of(ours), ...(unit === undefined ? {} : { unit }) });
}

/** The term with the smallest value, and which it is. */
export function smallest(label: string, terms: readonly Term[]): Shown {
  return largest(label, terms, -1);
}

/** The term with the largest value, and which it is. */
export function largest(label: string, terms: readonly Term[], sign = 1): Shown {
  return (ours) => {
    const found = maxBy(terms, ({ of }) => sign * of(ours))!;
    return alone({ ...found, label: `${label} (${found.label})` })(ours);
  };
}

export const every = (test: (value: number) => boolean) => (values: readonly number[]) => values.every(test);
export const above = (limit: number) => (value: number) => value > limit;
export const below = (limit: number) => (value: number) => value < limit;
