import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Dataset, Split } from "../../src/data/dataset.js";
import { asDataset } from "../../src/data/fingerprint.js";
import { arrangeInPlace, inSourceOrder, shuffledOrder } from "../../src/data/shuffle.js";
import { defaultSplit, selectRows } from "../../src/data/split.js";

/** Images of two pixels, which tell their row, with labels. */
function table(labels: readonly (readonly number[])[], labelNames: readonly string[]): Dataset {
  const count = labels.length;
  return asDataset("rows", {
    count,
    imageShape: [1, 2, 1],
    images: Uint8Array.from({ length: 2 * count }, (_, k) => (k % 2 === 0 ? k >> 1 : k >> 9)),
    scale: 1 / 255,
    labels: labelNames.length > 0 ? Int32Array.from(labels.flat()) : undefined,
    labelNames,
  });
}

const counts = (
  order: Uint32Array,
  [start, end]: readonly [number, number],
  labels: readonly (readonly number[])[],
) => {
  const found = new Map<string, number>();
  for (const row of order.subarray(start, end)) {
    const key = labels[row]!.join();
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
};

const isPermutation = (rows: Uint32Array) =>
  expect([...rows].sort((a, b) => a - b)).toEqual([...rows.keys()]);

describe("rows before a split (D28)", () => {
  it("every part has every class in proportion, training whatever there is of it", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, fc.nat(99), (classes, seed) => {
        const labels = classes.flatMap((size, k) => Array.from({ length: size }, () => [k]));
        const count = labels.length;
        if (count < 14 || classes.length > count / 2) return;
        const split = defaultSplit(count);
        const { rows, by } = shuffledOrder(table(labels, ["class"]), split, seed);
        isPermutation(rows);
        expect(by).toEqual(["class"]);
        for (const part of ["train", "validation", "test"] as const) {
          const held = counts(rows, split[part], labels);
          const size = split[part][1] - split[part][0];
          classes.forEach((all, k) => {
            const share = (size * all) / count;
            const own = held.get(String(k)) ?? 0;
            if (part === "train" || (all >= 3 && classes.length <= size)) expect(own).toBeGreaterThan(0);
            expect(Math.abs(own - share)).toBeLessThanOrEqual(Math.max(2, classes.length));
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it("three classes one behind the other are in each part as a third", () => {
    const labels = Array.from({ length: 300 }, (_, k) => [Math.floor(k / 100)]);
    const split = defaultSplit(300);
    const { rows } = shuffledOrder(table(labels, ["folder"]), split, 0);
    for (const part of [split.train, split.validation, split.test]) {
      const held = [...counts(rows, part, labels).values()];
      expect(held).toHaveLength(3);
      expect(Math.max(...held) - Math.min(...held)).toBeLessThanOrEqual(1);
    }
  });

  it("goes by all labels, by the first that has classes, or by none", () => {
    const by = (labels: readonly number[][], names: string[]) =>
      shuffledOrder(table(labels, names), defaultSplit(labels.length), 0).by;
    const rows = Array.from({ length: 40 }, (_, k) => [k % 2, k % 3, k]);
    expect(
      by(
        rows.map(([a, b]) => [a!, b!]),
        ["a", "b"],
      ),
    ).toEqual(["a", "b"]);
    expect(
      by(
        rows.map(([a, , c]) => [c!, a!]),
        ["c", "a"],
      ),
    ).toEqual(["a"]);
    expect(
      by(
        rows.map(([, , c]) => [c!]),
        ["c"],
      ),
    ).toEqual([]);
    expect(by(rows, [])).toEqual([]);
  });

  it("depends on its seed, and on the labels alone of the data", () => {
    const labels = Array.from({ length: 50 }, (_, k) => [k % 4]);
    const order = (seed: number) => [...shuffledOrder(table(labels, ["k"]), defaultSplit(50), seed).rows];
    expect(order(0)).toEqual(order(0));
    expect(order(1)).not.toEqual(order(0));
  });

  it("takes ranges that overlap, leave rows out, or hold everything", () => {
    const labels = Array.from({ length: 30 }, (_, k) => [k % 3]);
    const split: Split = { train: [0, 30], validation: [5, 12], test: [5, 12] };
    isPermutation(shuffledOrder(table(labels, ["k"]), split, 0).rows);
    isPermutation(shuffledOrder(table(labels, ["k"]), { ...split, train: [14, 20] }, 0).rows);
  });

  it("moves rows in place, and back into their source's order", () => {
    const labels = Array.from({ length: 700 }, (_, k) => [k % 5, k]);
    const before = table(labels, ["k", "row"]);
    const order = shuffledOrder(before, defaultSplit(700), 3);
    const expected = selectRows(table(labels, ["k", "row"]), order.rows);
    const { images } = before;
    const arranged = arrangeInPlace(before, order);
    expect(arranged.images).toBe(images);
    expect(arranged.images).toEqual(expected.images);
    expect(arranged.labels).toEqual(expected.labels);
    expect(inSourceOrder(arranged)).toEqual({
      ...table(labels, ["k", "row"]),
      split: undefined,
      order: undefined,
    });
  });
});
