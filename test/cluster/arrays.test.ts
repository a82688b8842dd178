import fc from "fast-check";
import { expect, test } from "vitest";
import { arraysOf, indexRanges } from "../../src/cluster/slurm/arrays.js";

test("indices are written as Slurm takes them", () => {
  expect(indexRanges([1, 2, 3, 7, 9, 10])).toBe("1-3,7,9-10");
  expect(indexRanges([5])).toBe("5");
  expect(indexRanges([3, 1, 2])).toBe("1-3");
});

test("every task is in one array, at an index that the cluster allows, and after the task that it waits for", () => {
  const plans = fc.integer({ min: 1, max: 60 }).chain((count) =>
    fc.record({
      maxIndex: fc.integer({ min: 1, max: 20 }),
      // Of each task one that stands before it, or none.
      sources: fc.tuple(
        ...Array.from({ length: count }, (_, k) =>
          fc.option(fc.integer({ min: 1, max: Math.max(1, k) }), { nil: undefined }),
        ),
      ),
    }),
  );
  fc.assert(
    fc.property(plans, ({ maxIndex, sources }) => {
      const tasks = sources.map((_, k) => k + 1);
      const sourceOf = (task: number) => (task === 1 ? undefined : sources[task - 1]);
      const arrays = arraysOf(tasks, sourceOf, maxIndex);
      const submitted = new Set<number>();
      for (const { offset, indices, after } of arrays) {
        if (after !== undefined) expect(submitted.has(after)).toBe(true);
        for (const index of indices) {
          expect(index).toBeGreaterThanOrEqual(1);
          expect(index).toBeLessThanOrEqual(maxIndex);
          expect(sourceOf(offset + index)).toBe(after);
          submitted.add(offset + index);
        }
      }
      expect([...submitted].sort((a, b) => a - b)).toEqual(tasks);
      expect(arrays.flatMap(({ indices }) => indices)).toHaveLength(tasks.length);
    }),
  );
});

test("tasks without a wait are few arrays", () => {
  const tasks = Array.from({ length: 2000 }, (_, k) => k + 1);
  const arrays = arraysOf(tasks, () => undefined, 1000);
  expect(arrays.map(({ offset, indices }) => [offset, indices.length])).toEqual([
    [0, 1000],
    [1000, 1000],
  ]);
});
