import type { ParameterLayout } from "../nn/parameters.js";
import { sizeOf } from "../tensor/shape.js";

/**
 * A piece of the flat vectors of a training state that a step updates separately: its parameters follow one loss and one
 * optimizer. (Pieces that fit into the cache were tried too: their many kernels cost more than they saved.)
 */
export interface ParameterSegment {
  readonly start: number;
  readonly end: number;
  /** The parameters in it, in their order. */
  readonly parameters: readonly string[];
  /** What moves them. */
  readonly owner: ParameterOwner;
}

/** What moves a parameter: the model's loss, that of a network trained together with it, or, if it is a statistic, the batches. */
export type ParameterOwner = "model" | "adversary" | "batches";

/** The segments of a layout, from its beginning to its end; one where all parameters have one owner. */
export function parameterSegments(
  layout: ParameterLayout,
  isAdversarys: (parameter: string) => boolean,
): ParameterSegment[] {
  const segments: ParameterSegment[] = [];
  let end = 0;
  for (const { name, shape, isStatistic } of layout.specs) {
    const start = end;
    end += sizeOf(shape);
    const owner = isStatistic ? "batches" : isAdversarys(name) ? "adversary" : "model";
    const last = segments.at(-1);
    if (last?.owner === owner) {
      segments[segments.length - 1] = { ...last, end, parameters: [...last.parameters, name] };
    } else segments.push({ start, end, parameters: [name], owner });
  }
  return segments;
}

/** Name of the program's input that holds a stretch of a vector of the state. */
export function segmentName(vector: string, { start }: ParameterSegment): string {
  return start === 0 ? vector : `${vector}@${start}`;
}
