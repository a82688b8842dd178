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
  /** Whose loss they follow. */
  readonly owner: Owner;
}

/** Whose loss a parameter follows: the model's, or that of a network trained beside it. */
export type Owner = "model" | "adversary";

/** The stretches of a layout, from its beginning to its end; one where all parameters have one owner. */
export function stretchesOf(layout: ParameterLayout, ownerOf: (parameter: string) => Owner): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { name, shape } of layout.specs) {
    const start = end;
    end += sizeOf(shape);
    const owner = ownerOf(name);
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
