import type { CheckedStatement, Claim } from "../../../reproduction/statements/claim.js";
import { judgeAll } from "../../../reproduction/statements/judge.js";
import type { EchoResults } from "../measures/index.js";
import { CODE_STATEMENTS } from "./codes.js";
import { FACTOR_STATEMENTS } from "./factors.js";
import { TRADE_STATEMENTS } from "./trade.js";
import { EchoView } from "./view.js";

/** In the order of the page: rate and distortion, noise and codes, factors. */
export const STATEMENTS: readonly CheckedStatement<EchoView>[] = [
  ...TRADE_STATEMENTS,
  ...CODE_STATEMENTS,
  ...FACTOR_STATEMENTS,
];

/**
 * The paper's statements as checks on our own runs. The verdict is that of the mean over seeds (of Table 1
 * too, where the paper trims it); where something that a statement speaks of was not trained, it is not
 * tested, and what is missing is named.
 */
export function judgeStatements(results: EchoResults): Claim[] {
  return judgeAll(
    STATEMENTS,
    (seeds) => new EchoView(results, seeds),
    [...results.images, ...results.sprites].map(({ seed }) => seed),
  );
}
