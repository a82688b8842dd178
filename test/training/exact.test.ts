import { expect, test } from "vitest";
import { tinyConfiguration, tinyTraining } from "./tiny.js";

// Convolutions by minimal filtering and as plain sums (model.exact), in a training. docs/convolution.md has the papers' networks at full size.

const layers = [
  { channels: 12, kernel: 3, stride: 1, padding: 1 },
  { channels: 16, kernel: 4, stride: 2, padding: 1 },
];
const { model } = tinyConfiguration();

async function losses(exact: boolean): Promise<number[]> {
  const settings = {
    ...model,
    encoder: { type: "convolutional", layers, normalise: "batch" },
    decoder: { type: "convolutional", layers, normalise: "batch" },
    ...(exact && { exact }),
  };
  const { trainer, experiment } = await tinyTraining(tinyConfiguration({ model: settings }));
  const { train } = experiment.split;
  const found: number[] = [];
  for (let step = 0; step < 30; step++) {
    const rows = Uint32Array.from({ length: 32 }, (_, i) => (step * 32 + i) % train.count);
    const progress = { step, epoch: 0, totalSteps: 100, totalEpochs: 1, evaluations: 0 };
    found.push((await trainer.step(train, rows, progress)).loss);
  }
  await trainer.release();
  return found;
}

test("losses of a training agree to a thousandth, and are not the same numbers", async () => {
  const [filtered, exact] = [await losses(false), await losses(true)];
  expect(filtered).not.toEqual(exact);
  filtered.forEach((loss, step) => {
    expect(Math.abs(loss / exact[step]! - 1), `step ${step}`).toBeLessThan(1e-3);
  });
});
