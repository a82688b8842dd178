import { expect, test } from "vitest";
import { planTraining, progressOf } from "../../src/training/schedule.js";
import { Trainer } from "../../src/training/trainer.js";
import { tinyConfiguration, tinyTraining } from "./tiny.js";

/** The gradient of the first step on the first images, from Adam's sum of gradients, and the loss that was reported. */
async function firstStep(images: number, fullBatch?: number) {
  const { experiment, device, trainer: other } = await tinyTraining(tinyConfiguration());
  await other.release();
  const { seed, optimizer, training } = tinyConfiguration();
  const trainer = new Trainer(experiment.model, device, { seed, optimizer, fullBatch });
  const { train } = experiment.split;
  const progress = progressOf({ step: 30, evaluations: 0 }, planTraining(train.count, training));
  const { loss } = await trainer.step(
    train,
    Uint32Array.from({ length: images }, (_, k) => k),
    progress,
  );
  await trainer.fetchState();
  const gradient = trainer.state.gradientSum.slice();
  await trainer.release();
  return { loss, gradient };
}

test("in proportion, 8 images of batches of 32 have a quarter of their mean gradient, and the same loss (A10)", async () => {
  const mean = await firstStep(8);
  const proportional = await firstStep(8, 32);
  expect(proportional.loss).toBe(mean.loss);
  expect(mean.gradient.some((value) => Math.abs(value) > 1e-4)).toBe(true);
  for (const [k, value] of mean.gradient.entries())
    expect(Math.abs(proportional.gradient[k]! - value / 4)).toBeLessThanOrEqual(
      1e-6 * Math.abs(value) + 1e-9,
    );
});

test("a whole batch is the same in both (A10)", async () => {
  expect((await firstStep(32, 32)).gradient).toEqual((await firstStep(32)).gradient);
});
