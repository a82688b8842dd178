import type { SeedView } from "../view.js";

/** A number that a verdict was decided by, or that helps to read it. */
export interface ClaimNumber {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  /** The paper's own, where it is known. */
  readonly published?: number;
}

/** Whether a statement holds. */
export type Verdict = "holds" | "fails" | "not tested";

/** A statement of a paper and what our runs say of it. */
export interface Claim {
  readonly id: string;
  readonly statement: string;
  /** Where the paper says or shows it, such as `Fig. 3`. */
  readonly place?: string;
  /** Of the mean over seeds. */
  readonly verdict: Verdict;
  /** Of the published numbers, by the same rule; not there where a paper's are not judged. */
  readonly publishedVerdict?: Verdict;
  /** Empty where it is not tested. */
  readonly numbers: readonly ClaimNumber[];
  /** How it was decided. */
  readonly rule: string;
  /** Seeds that have all it takes, and in how many of them the statement holds by itself. */
  readonly seeds: { readonly tested: number; readonly holding: number };
  /** What would have to be trained first; empty where the verdict is given. */
  readonly missing: readonly string[];
}

/** What a check found in a view. Numbers that are missing there are NaN, and the view remembers them. */
export interface Finding {
  readonly holds: boolean;
  readonly numbers: readonly ClaimNumber[];
}

/** A statement that can be checked: the same check reads the mean over seeds and each seed. */
export interface CheckedStatement<View extends Pick<SeedView, "missing">> {
  readonly id: string;
  readonly statement: string;
  /** Where the paper says or shows it, such as `Fig. 3`. */
  readonly place?: string;
  readonly rule: string;
  readonly check: (view: View) => Finding;
}
