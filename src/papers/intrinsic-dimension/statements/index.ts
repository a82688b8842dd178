import type { Claim } from "../../../reproduction/statements/claim.js";
import { judgeAll } from "../../../reproduction/statements/judge.js";
import type { DimensionResults } from "../measures/results.js";
import { dataSets } from "../measures/select.js";
import { HUMP_STATEMENTS } from "./humps.js";
import { IMBALANCE_STATEMENTS } from "./imbalance.js";
import { QUALITY_STATEMENTS } from "./quality.js";
import type { StatementOf } from "./statement.js";
import { TRAINING_STATEMENTS } from "./training.js";
import { DimensionView } from "./view.js";

/** In the order of the page: dimension, imbalance, training, quality. */
const STATEMENTS: readonly StatementOf[] = [
  ...HUMP_STATEMENTS,
  ...IMBALANCE_STATEMENTS,
  ...TRAINING_STATEMENTS,
  ...QUALITY_STATEMENTS,
];

/** The paper's statements on each data set there are networks of (on CIFAR-10 where there are none). */
export function judgeStatements(results: DimensionResults): Claim[] {
  const found = dataSets(results);
  return (found.length > 0 ? found : ["cifar10" as const]).flatMap((data) =>
    judgeAll(
      STATEMENTS.map((statementOf) => statementOf(data)),
      (seeds) => new DimensionView(results, data, seeds),
      results.networks.filter((one) => one.data === data).map(({ seed }) => seed),
    ),
  );
}
