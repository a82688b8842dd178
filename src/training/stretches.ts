import type { ParameterLayout } from "../nn/parameters.js";
import { sizeOf } from "../tensor/shape.js";

/**
 * A piece of the flat vectors of a training state that a step updates by itself, as those in it follow one loss and one
 * optimizer. (Pieces that fit into the cache were tried too: their many kernels cost more than they spared.)
 */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** The parameters in it, in their order. */
  readonly parameters: readonly string[];
  /** What moves them. */
  readonly owner: Owner;
}

/** What moves a parameter: the model's loss, that of a network trained beside it, or, if it is a statistic, the batches. */
export type Owner = "model" | "adversary" | "batches";

/** The stretches of a layout, from its beginning to its end; one where all parameters have one owner. */
export function stretchesOf(
  layout: ParameterLayout,
  isAdversarys: (parameter: string) => boolean,
): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { name, shape, isStatistic } of layout.specs) {
    const start = end;
    end += sizeOf(shape);
    const owner = isStatistic ? "batches" : isAdversarys(name) ? "adversary" : "model";
    const last = stretches.at(-1);
    if (last?.owner === owner) {
      stretches[stretches.length - 1] = { ...last, end, parameters: [...last.parameters, name] };
    } else stretches.push({ start, end, parameters: [name], owner });
  }
  return stretches;
}

/** Name of the program's input that holds a stretch of a vector of the state. */
export function stretchName(vector: string, { start }: Stretch): string {
  return start === 0 ? vector : `${vector}@${start}`;
}
