import { expect, test } from "vitest";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

/** The gradient of the first step: all that Adam's first sum holds then. */
async function firstGradient(optimizer: object): Promise<number[]> {
  const { trainer, experiment } = await tinyTraining(tinyConfiguration({ ...TINY, optimizer }));
  const rows = Uint32Array.from({ length: 32 }, (_, row) => row);
  await trainer.step(experiment.split.train, rows, {
    step: 0,
    epoch: 0,
    totalSteps: 10,
    totalEpochs: 1,
    evaluations: 0,
  });
  const gradient = [...trainer.state.gradientSum];
  await trainer.release();
  return gradient;
}

test("optimizer.clipNorm shortens the gradient of all parameters together (A9)", async () => {
  const free = await firstGradient({});
  const length = Math.hypot(...free);
  const short = await firstGradient({ clipNorm: length / 4 });
  expect(Math.hypot(...short) / length).toBeCloseTo(1 / 4, 5);
  for (const [at, value] of short.entries()) expect(value).toBeCloseTo(free[at]! / 4, 4);
  expect(await firstGradient({ clipNorm: 4 * length })).toEqual(free);
});
