import { UserError } from "../../../errors.js";
import { pickedPoints } from "../../../geometry/neighbours/duplicates.js";
import { distinctRows, type Rows } from "../../../geometry/neighbours/index.js";
import { grouped } from "../../format.js";
import { warn } from "../../output.js";

/** What is done with rows that repeat an earlier one (rule N3). */
export const DUPLICATE_POLICIES = ["drop-points", "drop-mu", "error"] as const;
type DuplicatePolicy = (typeof DUPLICATE_POLICIES)[number];

/** Rows after the policy, and how many repeated an earlier one. */
export interface AfterPolicy {
  readonly rows: Rows;
  readonly repeated: number;
}

/**
 * Drops rows that repeat an earlier one, or keeps them, and warns.
 * @throws UserError when all rows are equal, when fewer than 3 are left, and under the policy `error` when one repeats another.
 */
export function applyPolicy(given: Rows, policy: DuplicatePolicy): AfterPolicy {
  const { name, count } = given;
  const { rows: kept, dropped: repeated } = distinctRows(given);
  if (repeated === 0) return { rows: given, repeated };
  const found = `${grouped(repeated)} of ${grouped(count)} points repeat an earlier one`;
  if (policy === "error") {
    const first = kept.findIndex((row, place) => row !== place);
    throw new UserError({
      where: name,
      what: `${found}, the first of them in row ${first < 0 ? kept.length : first} (counted from 0)`,
      remedy: "Drop them (--duplicates drop-points), or leave out those whose distance is 0 (drop-mu)",
    });
  }
  if (policy === "drop-mu") {
    warn(`${name}: ${found}; all are kept`);
    return { rows: given, repeated };
  }
  if (kept.length < 3) {
    throw new UserError({
      where: name,
      what: `only ${kept.length} points differ`,
      remedy: "Give at least 3 that do, better some thousand",
    });
  }
  warn(`${name}: ${found}, and are dropped`);
  return { rows: pickedPoints(given, kept), repeated };
}
