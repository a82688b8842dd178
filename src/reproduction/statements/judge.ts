import type { CheckedStatement, Claim, SeedView } from "./claim.js";

/**
 * Checks a statement on the mean over seeds, which decides, and on each seed that has all it takes, which shows how far
 * the verdict hangs on chance.
 * @param viewOf the results of some seeds, with nothing missing yet.
 */
export function judge<View extends SeedView>(
  { id, statement, rule, check }: CheckedStatement<View>,
  viewOf: (seeds: readonly number[]) => View,
  seeds: readonly number[],
): Claim {
  const overall = viewOf(seeds);
  const { holds, numbers } = check(overall);
  const missing = [...overall.missing];
  const alone = seeds.flatMap((seed) => {
    const view = viewOf([seed]);
    const found = check(view);
    return view.missing.size === 0 ? [found.holds] : [];
  });
  const tested = missing.length === 0;
  return {
    id,
    statement,
    verdict: tested ? (holds ? "holds" : "fails") : "not tested",
    // Counts and extremes over a part of the runs would read as if they were of all.
    numbers: tested ? numbers : [],
    rule,
    seeds: { tested: alone.length, holding: alone.filter(Boolean).length },
    missing,
  };
}
