import type { SeedView } from "../view.js";
import type { CheckedStatement, Claim, Verdict } from "./claim.js";

/**
 * Checks statements on our own runs. The verdict is that of the mean over seeds; where something that a
 * statement speaks of was not trained, it is not tested, and what is missing is named.
 * @param viewOf the results of some seeds, with nothing missing yet.
 * @param seeds of all results, in any order and number.
 * @param publishedView the published numbers in the place of results, where they are judged too.
 */
export function judgeAll<View extends Pick<SeedView, "missing">>(
  statements: readonly CheckedStatement<View>[],
  viewOf: (seeds: readonly number[]) => View,
  seeds: readonly number[],
  publishedView?: () => View,
): Claim[] {
  const all = [...new Set(seeds)].sort((a, b) => a - b);
  return statements.map((statement) => ({
    ...judge(statement, viewOf, all),
    ...(publishedView && { publishedVerdict: verdictIn(publishedView(), statement) }),
  }));
}

function verdictIn<View extends Pick<SeedView, "missing">>(
  view: View,
  { check }: CheckedStatement<View>,
): Verdict {
  const { holds } = check(view);
  return view.missing.size > 0 ? "not tested" : holds ? "holds" : "fails";
}

/**
 * Checks a statement on the mean over seeds, which decides, and on each seed that has all it takes, which
 * shows how far the verdict hangs on chance.
 */
function judge<View extends Pick<SeedView, "missing">>(
  { id, statement, place, rule, check }: CheckedStatement<View>,
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
    ...(place === undefined ? {} : { place }),
    verdict: tested ? (holds ? "holds" : "fails") : "not tested",
    // Counts and extremes over a part of the runs would read as if they were of all.
    numbers: tested ? numbers : [],
    rule,
    seeds: { tested: alone.length, holding: alone.filter(Boolean).length },
    missing,
  };
}
