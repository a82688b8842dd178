import type { Claim } from "../../reproduction/statements/claim.js";
import { judge } from "../../reproduction/statements/judge.js";
import type { Atlas } from "./atlas.js";
import { CodeMeasures } from "./claims/code-measures.js";
import { CODE_STATEMENTS } from "./claims/codes.js";
import { INDEX_STATEMENTS } from "./claims/indices.js";
import { RECONSTRUCTION_STATEMENTS } from "./claims/reconstruction.js";
import { TASK_STATEMENTS } from "./claims/tasks.js";
import { View } from "./claims/view.js";
import type { FrozenResult } from "./frozen.js";
import type { IndicesTable } from "./indices-table.js";
import type { ModelResult } from "./results.js";

export type { Claim } from "../../reproduction/statements/claim.js";

/** What a reproduction has found: each part may be partial, or not there at all. */
export interface Evidence {
  readonly models: readonly ModelResult[];
  readonly frozen: readonly FrozenResult[];
  readonly atlas?: Atlas | undefined;
  readonly indices?: IndicesTable | undefined;
}

/** In the order of the page: reconstruction, tasks, codes, indices. */
export const STATEMENTS = [
  ...RECONSTRUCTION_STATEMENTS,
  ...TASK_STATEMENTS,
  ...CODE_STATEMENTS,
  ...INDEX_STATEMENTS,
];

/**
 * The paper's statements as checks on our own runs. The verdict is that of the mean over seeds; where something that a
 * statement speaks of was not trained, it is not tested, and what is missing is named.
 */
export function judgeClaims({ models, frozen, atlas, indices }: Evidence): Claim[] {
  const codes = atlas && new CodeMeasures(atlas);
  const seeds = [...new Set([...models, ...frozen, ...(atlas?.codes ?? [])].map(({ seed }) => seed))];
  return STATEMENTS.map((statement) =>
    judge(
      statement,
      (chosen) => new View({ models, frozen, codes, indices }, chosen),
      seeds.toSorted((a, b) => a - b),
    ),
  );
}
