import { UserError } from "../../errors.js";
import type { LabelRule } from "./compile.js";

/** As many as a matrix of classes may have (rule G5). */
const MAX_CLASSES = 4096;

/** The classes that a rule makes of a data set. */
export interface Classification {
  /** The distinct values of the rule, ascending; of a condition 0 and 1. */
  readonly classes: readonly number[];
  /** [samples], the class of each sample, as an index into `classes`. */
  readonly classOf: Uint32Array;
}

/**
 * Applies a rule to every row of labels (rule D14).
 * @param rule as `parseLabelRule` reads it.
 * @param labels [samples, labelCount], row-major, as in an image table.
 * @param labelCount numbers in a row of labels.
 * @throws UserError where the rule gives no finite number (the row is named, counted from 0), where it puts
 * all samples in one class, and for more than 4096 classes.
 */
export function classify(
  { text, where, evaluate }: LabelRule,
  labels: Int32Array | Float64Array,
  labelCount: number,
): Classification {
  const samples = labels.length / labelCount;
  const found = new Map<number, number>();
  const order = new Uint32Array(samples);
  const refusal = (what: string, remedy: string) =>
    new UserError({ where: `${where}, label rule ${JSON.stringify(text)}`, what, remedy });
  for (let i = 0; i < samples; i++) {
    const row = labels.subarray(i * labelCount, (i + 1) * labelCount);
    const value = evaluate(row);
    if (!Number.isFinite(value)) {
      throw refusal(
        `it gives ${value} for row ${i} (counted from 0) with labels ${row.join(", ")}`,
        "Look for a division by 0, or a label that is no number",
      );
    }
    let known = found.get(value);
    if (known === undefined) {
      known = found.size;
      found.set(value, known);
      if (found.size > MAX_CLASSES) {
        throw refusal(`it makes more than ${MAX_CLASSES} classes`, "Group values with bin(value, edge, ...)");
      }
    }
    order[i] = known;
  }
  if (found.size < 2) {
    const [only = Number.NaN] = found.keys();
    throw refusal(
      samples === 0
        ? "there are no rows to classify"
        : `it gives ${only} for every row: one class is no task`,
      "Check its numbers against the labels of the data: narrows datasets inspect shows them",
    );
  }
  const classes = [...found.keys()].sort((a, b) => a - b);
  const rank = Uint32Array.from(found.keys(), (value) => classes.indexOf(value));
  return { classes, classOf: order.map((known) => rank[known]!) };
}
