/** Which tasks of a plan are submitted as one array of jobs. */
import { getOrMake, groupBy } from "../../collections.js";

/** An array of jobs. */
export interface JobArray {
  /** Added to an index, it makes the task. */
  readonly offset: number;
  readonly indices: readonly number[];
  /** The task that has to end well before these may start. */
  readonly after: number | undefined;
}

/**
 * Arrays for these tasks: those that wait for the same task together, none with an index above what the cluster allows; each after
 * those that it waits for.
 * @param tasks in the order of the plan, in which a task comes after the one that it waits for.
 * @param sourceOf the task that one waits for.
 * @param maxIndex largest index of an array.
 */
export function arraysOf(
  tasks: readonly number[],
  sourceOf: (task: number) => number | undefined,
  maxIndex: number,
): JobArray[] {
  const depths = new Map<number, { readonly depth: number }>();
  const depthOf = (task: number): number => {
    const source = sourceOf(task);
    return source === undefined ? 0 : getOrMake(depths, task, () => ({ depth: depthOf(source) + 1 })).depth;
  };
  const offsetOf = (task: number) => Math.floor((task - 1) / maxIndex) * maxIndex;
  const groups = groupBy(tasks, (task) => `${depthOf(task)} ${sourceOf(task) ?? ""} ${offsetOf(task)}`);
  return [...groups.values()]
    .sort(([a], [b]) => depthOf(a!) - depthOf(b!))
    .map((together) => {
      const offset = offsetOf(together[0]!);
      return { offset, indices: together.map((task) => task - offset), after: sourceOf(together[0]!) };
    });
}

/** Indices as Slurm takes them: `1-3,7,9-12`. */
export function indexRanges(indices: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const index of [...indices].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && index === last[1] + 1) last[1] = index;
    else ranges.push([index, index]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(",");
}
