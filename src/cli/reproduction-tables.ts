import type { FrozenResult, ModelResult } from "../papers/geometry-of-efficient-codes/measures/results.js";
import { decimal, signed } from "./format.js";
import { left, right, tableLines } from "./table.js";

const FROZEN = "on its frozen code";

/** The models, then the classifiers, then why those failed that did. */
export function resultLines({
  models: results,
  frozen,
}: {
  readonly models: readonly ModelResult[];
  readonly frozen: readonly FrozenResult[];
}): string[] {
  const models = tableLines(
    [
      left("model"),
      right("C nats"),
      right("seed"),
      right("MSE per pixel"),
      right("published"),
      right("rate nats"),
      right("gap nats"),
    ],
    results.map((result) => [
      result.model,
      String(result.capacityNats),
      String(result.seed),
      decimal(result.squaredErrorPerPixel, 5),
      decimal(result.publishedSquaredErrorPerPixel, 4),
      decimal(result.rateNats, 3),
      signed(result.gapNats),
    ]),
  );
  const all = [
    ...results.map((result) => ({ ...result, kind: "trained with it" })),
    ...frozen.map((result) => ({ ...result, kind: FROZEN })),
  ];
  const answers = all.flatMap(({ model, capacityNats, seed, kind, tasks }) =>
    tasks.map(({ task, f1, f1BatchMean, publishedF1BatchMean }) => [
      model,
      kind,
      String(capacityNats),
      String(seed),
      task,
      decimal(f1, 3),
      decimal(f1BatchMean, 3),
      decimal(publishedF1BatchMean, 3),
    ]),
  );
  const classifiers = tableLines(
    [
      left("model"),
      left("classifier"),
      right("C nats"),
      right("seed"),
      left("task"),
      right("F1"),
      right("F1 by batch"),
      right("published"),
    ],
    answers,
  );
  const failures = all.flatMap(({ model, kind, capacityNats, seed, reason }) =>
    reason === null
      ? []
      : [
          `failed: ${kind === FROZEN ? "classifiers on " : ""}${model}, C = ${capacityNats}, seed ${seed}: ${reason}`,
        ],
  );
  return [
    ...models,
    ...(answers.length > 0 ? ["", ...classifiers] : []),
    ...(failures.length > 0 ? ["", ...failures] : []),
  ];
}
