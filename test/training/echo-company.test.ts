import { expect, test } from "vitest";
import { drawnBatches, orderedBatches } from "../../src/data/batches.js";
import type { ImageTable } from "../../src/data/dataset.js";
import { encodeTable } from "../../src/training/encode.js";
import { evaluateTable } from "../../src/training/evaluate.js";
import { planTraining, progressOf } from "../../src/training/schedule.js";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

test("drawn batches hold every row once, always in the same order, and join a last batch that is too small (R4)", () => {
  const { batchCount, at } = drawnBatches(50, 16, 10);
  const all = Array.from({ length: batchCount }, (_, k) => [...at(k)]);
  expect(all.map((rows) => rows.length)).toEqual([16, 16, 18]);
  expect(all.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
  expect(all.flat()).not.toEqual([...orderedBatches(50, 50).at(0)]);
  expect([...drawnBatches(50, 16, 10).at(0)]).toEqual(all[0]);
});

/** An Echo model of first weights, and 256 images of one kind before 256 of another. */
async function sorted() {
  const { experiment, trainer, device } = await tinyTraining(
    tinyConfiguration({
      model: {
        ...TINY.model,
        channel: { type: "echo", dimensions: 2, terms: 9, centre: { type: "tanh", width: 1 } },
        objective: { type: "beta" },
      },
    }),
  );
  const { train } = experiment.split;
  const [first, second] = [0, 1].map((row) => train.images.slice(row * 169, (row + 1) * 169));
  const images = new Uint8Array(512 * 169);
  for (let row = 0; row < 512; row++) images.set((row < 256 ? first : second)!, row * 169);
  const labels = train.labels!.slice(0, 1024);
  const table: ImageTable = { ...train, count: 512, images, labels };
  return { experiment, trainer, device, table };
}

test("the Echo noise of data sorted by class is made of images of all classes (R4)", async () => {
  const { experiment, trainer, device, table } = await sorted();
  const { model, layout, state } = trainer;
  const trained = { model, layout, parameters: state.parameters, seed: 0 };
  const { code } = await encodeTable(trained as never, device, table);
  // Of like images alone the noise would have one value, and all first images one code.
  const codes = Array.from({ length: 256 }, (_, row) => code.data[2 * row]!);
  expect(new Set(codes.map((value) => value.toFixed(6))).size).toBeGreaterThan(20);

  // An evaluation comes to the same, however the rows are sorted, but for chance.
  const mixed = { ...table, images: table.images.slice() };
  for (let row = 0; row < 512; row++) {
    const from = row % 2 === 0 ? row / 2 : 256 + (row - 1) / 2;
    mixed.images.set(table.images.subarray(from * 169, (from + 1) * 169), row * 169);
  }
  const { training } = experiment.configuration;
  const progress = progressOf({ step: 0, evaluations: 0 }, planTraining(400, training));
  const sizes = { evaluationBatchSize: 64, metricBatchSize: 64 };
  const bySort = await evaluateTable(trainer, table, sizes, progress);
  const byTurns = await evaluateTable(trainer, mixed, sizes, progress);
  expect(bySort.rateNats).toBeCloseTo(byTurns.rateNats!, 6);
  expect(Math.abs(bySort.distortion! / byTurns.distortion! - 1)).toBeLessThan(1e-3);
  await trainer.release();
});
