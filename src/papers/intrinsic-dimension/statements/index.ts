import type { Claim } from "../../../reproduction/statements/claim.js";
import { judgeAll } from "../../../reproduction/statements/judge.js";
import type { DimensionResults } from "../measures/results.js";
import { dataSets } from "../measures/select.js";
import { DATA_TITLES } from "../networks.js";
import { HUMP_STATEMENTS } from "./humps.js";
import { IMBALANCE_STATEMENTS } from "./imbalance.js";
import { TRAINING_STATEMENTS } from "./training.js";
import { DimensionView } from "./view.js";

/** In the order of the page: dimension, imbalance, training and quality. Each is about one data set. */
const STATEMENTS = [...HUMP_STATEMENTS, ...IMBALANCE_STATEMENTS, ...TRAINING_STATEMENTS];

/** The paper's statements on each data set there are networks of (on CIFAR-10 where there are none). */
export function judgeStatements(results: DimensionResults): Claim[] {
  const found = dataSets(results);
  return (found.length > 0 ? found : ["cifar10" as const]).flatMap((data) =>
    judgeAll(
      STATEMENTS.map((one) => ({
        ...one,
        id: `${one.id}-${data}`,
        statement: `On ${DATA_TITLES[data]} ${one.statement}`.replace(/^(On \S+) where/, "$1, where"),
      })),
      (seeds) => new DimensionView(results, data, seeds),
      results.networks.filter((one) => one.data === data).map(({ seed }) => seed),
    ),
  );
}
