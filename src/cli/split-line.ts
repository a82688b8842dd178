import type { RowOrder } from "../data/dataset.js";
import type { Manifest } from "../runs/manifest-text.js";

/** How a run's rows are split, in one line for people (rules D11 and D28). */
export function splitLine({
  order,
  seed,
  by = [],
  train,
  validation,
  test,
}: NonNullable<Manifest["split"]>): string {
  const size = ([start, end]: readonly [number, number]) => Math.max(0, end - start).toLocaleString("en-US");
  const rows = `split: ${size(train)} rows train, ${size(validation)} validate, ${size(test)} test`;
  return `${rows}${order === "given" ? ", in the order of the data" : orderWords({ seed: seed ?? 0, by })}`;
}

/** How rows are shuffled before they are split, as the end of a sentence. */
export function orderWords({ seed, by }: Pick<RowOrder, "seed" | "by">): string {
  const classes = by.length > 0 ? `, each class of ${by.join(" and ")} in proportion` : "";
  return `, shuffled with split.seed ${seed}${classes}`;
}
