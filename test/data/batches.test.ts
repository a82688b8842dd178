import fc from "fast-check";
import { expect, test } from "vitest";
import { fillBatch, orderedBatches, shuffledBatches } from "../../src/data/batches.js";
import { generateCorridors } from "../../src/data/corridors.js";
import { UserError } from "../../src/errors.js";
import { withProcessorTime } from "../support/processor-time.js";

test("D12: an epoch holds every row once, the last batch what is left over", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(50), (count, sizeSeed, epoch) => {
      const batchSize = 1 + (sizeSeed % count);
      const batches = shuffledBatches(count, batchSize, { seed: 9, epoch });
      const rows = Array.from({ length: batches.batchCount }, (_, i) => [...batches.at(i)]);
      expect(batches.batchCount).toBe(Math.ceil(count / batchSize));
      for (const batch of rows.slice(0, -1)) expect(batch).toHaveLength(batchSize);
      expect(rows.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }),
  );
});

test("D12: the order depends on seed and epoch, and on nothing else", () => {
  const order = (seed: number, epoch: number) => [...shuffledBatches(50, 50, { seed, epoch }).at(0)];
  expect(order(1, 2)).toEqual(order(1, 2));
  expect(order(1, 3)).not.toEqual(order(1, 2));
  expect(order(2, 2)).not.toEqual(order(1, 2));
  expect([...shuffledBatches(50, 8, { seed: 1, epoch: 2 }).at(1)]).toEqual(order(1, 2).slice(8, 16));
});

test("D12: evaluation goes through the rows in their order", () => {
  const batches = orderedBatches(5, 2);
  expect([0, 1, 2].map((i) => [...batches.at(i)])).toEqual([[0, 1], [2, 3], [4]]);
  expect(orderedBatches(5, 64).batchCount).toBe(1);
  expect([...orderedBatches(5, 64).at(0)]).toEqual([0, 1, 2, 3, 4]);
});

test("D8: a batch holds byte times scale, row by row", () => {
  const table = {
    count: 3,
    imageShape: [1, 2, 1] as const,
    images: Uint8Array.of(0, 255, 51, 102, 1, 2),
    scale: 1 / 255,
    labels: undefined,
    labelNames: [],
  };
  const out = new Float32Array(5).fill(-1);
  fillBatch(table, Uint32Array.of(1, 0), out);
  expect([...out]).toEqual([...Float32Array.of(0.2, 0.4, 0, 1, -1)]);
  expect(() => fillBatch(table, Uint32Array.of(0, 1, 2), out)).toThrow(RangeError);
});

test("empty data and batches larger than the data are refused", () => {
  const options = { seed: 0, epoch: 0 };
  expect(() => shuffledBatches(0, 1, options)).toThrow(/data: there are no images/);
  expect(() => orderedBatches(0, 1)).toThrow(/there are no images/);
  expect(() => shuffledBatches(10, 11, options)).toThrow(
    "batch size 11: the data have 10 images. Give a whole number from 1 to 10.",
  );
  for (const size of [0, -1, 2.5, Number.NaN]) {
    expect(() => shuffledBatches(10, size, options)).toThrow(UserError);
    expect(() => orderedBatches(10, size)).toThrow(UserError);
  }
});

test("a batch of 64 Corridors is filled in some microseconds", async () => {
  const table = generateCorridors({ samples: 20_000 });
  const batches = shuffledBatches(table.count, 64, { seed: 0, epoch: 0 });
  const out = new Float32Array(64 * 169);
  const fillAll = () => {
    for (let i = 0; i < batches.batchCount; i++) fillBatch(table, batches.at(i), out);
  };
  for (let warm = 0; warm < 5; warm++) fillAll();
  const { milliseconds } = await withProcessorTime(fillAll);
  const microseconds = (1000 * milliseconds) / batches.batchCount;
  console.info(`a batch of 64 x 169 filled in ${microseconds.toFixed(1)} us`);
  expect(microseconds).toBeLessThan(200);
});
