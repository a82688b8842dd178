import type { Claim } from "../../reproduction/statements/claim.js";
import { judge } from "../../reproduction/statements/judge.js";
import { HUMP_STATEMENTS } from "./claims/humps.js";
import { IMBALANCE_STATEMENTS } from "./claims/imbalance.js";
import { QUALITY_STATEMENTS } from "./claims/quality.js";
import type { StatementOf } from "./claims/statement.js";
import { TRAINING_STATEMENTS } from "./claims/training.js";
import type { DataName } from "./data-sets.js";
import type { DimensionResults } from "./results.js";
import { dataSets } from "./select.js";
import { DimensionView } from "./view.js";

/** In the order of the page: dimension, imbalance, training, quality. */
const STATEMENTS: readonly StatementOf[] = [
  ...HUMP_STATEMENTS,
  ...IMBALANCE_STATEMENTS,
  ...TRAINING_STATEMENTS,
  ...QUALITY_STATEMENTS,
];

/**
 * The paper's statements as checks on our own runs, of each data set there are networks of (of CIFAR-10 where there are none).
 * The verdict is that of the mean over seeds; where something that a statement speaks of was not trained, it is not tested,
 * and what is missing is named.
 */
export function judgeClaims(results: DimensionResults): Claim[] {
  const found = dataSets(results);
  return (found.length > 0 ? found : ["cifar10" as const]).flatMap((data) => judgeOn(results, data));
}

function judgeOn(results: DimensionResults, data: DataName): Claim[] {
  const seeds = new Set(results.networks.filter((one) => one.data === data).map(({ seed }) => seed));
  return STATEMENTS.map((statementOf) =>
    judge(
      statementOf(data),
      (chosen) => new DimensionView(results, data, chosen),
      [...seeds].sort((a, b) => a - b),
    ),
  );
}
