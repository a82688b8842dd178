import { fillBatch, fillCauseMeans } from "../data/batches.js";
import { type ImageTable, valuesPerImage } from "../data/dataset.js";
import { CAUSE_MEANS_FIELD, type Trainable, targetField } from "../model/trainable.js";

/** Writes a field of a batch, such as the images or a head's targets, into a program's input. */
export function fillField(
  { heads }: Pick<Trainable, "heads">,
  field: string,
  table: ImageTable,
  rows: Uint32Array,
  into: Float32Array,
): void {
  const head = heads.find((one) => targetField(one) === field);
  if (field === CAUSE_MEANS_FIELD) fillCauseMeans(table, rows, into);
  else if (!head) fillBatch(table, rows, into.subarray(0, rows.length * valuesPerImage(table)));
  else head.fillTargets(table.labels ?? [], table.labelNames.length, rows, into);
}
