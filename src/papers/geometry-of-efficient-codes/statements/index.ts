import type { Claim } from "../../../reproduction/statements/claim.js";
import { judgeAll } from "../../../reproduction/statements/judge.js";
import type { IndicesTable } from "../measures/indices-table.js";
import { type Evidence, observations } from "../measures/observations.js";
import { PUBLISHED_SEED, publishedIndices } from "../measures/published-indices.js";
import { publishedObservations } from "../measures/published-observations.js";
import { CODE_STATEMENTS } from "./codes.js";
import { RECONSTRUCTION_STATEMENTS } from "./reconstruction.js";
import { TASK_STATEMENTS } from "./tasks.js";
import { View } from "./view.js";

/** In the order of the page: reconstruction, tasks, codes, indices. */
export const STATEMENTS = [...RECONSTRUCTION_STATEMENTS, ...TASK_STATEMENTS, ...CODE_STATEMENTS];

/**
 * The paper's statements as checks on our own runs. The verdict is that of the mean over seeds; where something that a
 * statement speaks of was not trained, it is not tested, and what is missing is named. The published numbers are judged by the
 * same rules.
 */
export function judgeStatements(
  evidence: Evidence & { readonly indices?: IndicesTable | undefined },
): Claim[] {
  const found = observations(evidence);
  return judgeAll(
    STATEMENTS,
    (seeds) => new View(found, evidence.indices, seeds),
    found.map(({ seed }) => seed),
    () => new View(publishedObservations(), publishedIndices(), [PUBLISHED_SEED]),
  );
}
