import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { trainingProgress } from "../../../src/cli/progress/training-progress.js";
import type { Evaluation } from "../../../src/training/evaluate.js";

const EVALUATION: Evaluation = {
  loss: 0.05,
  squaredErrorPerPixel: 0.05213,
  squaredErrorPerImage: 8.8,
  distortion: 0.05213,
  rateNats: 9.871,
  rateBits: 14.241,
  targetRateNats: 10,
  gapNats: -0.129,
  capacityNats: 10,
  capacityGapNats: -0.129,
  negativeElboNats: 123.456,
  images: 15_000,
  headLosses: {},
  tasks: Object.fromEntries(
    ["E2M1", "E2M2", "E2M3"].map((head) => [head, { accuracy: 0.9, f1: 0.912, f1BatchMean: 0.9 }]),
  ),
} as unknown as Evaluation;

test("on a terminal an evaluation is shown to its end, in lines that fit", () => {
  const columns = 110;
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns, cursorTo: () => true });
  const { listener, stop } = trainingProgress({
    label: "baseline\u001b[2J-c10-s0",
    stream: stream as unknown as NodeJS.WriteStream,
  });
  const plan = { totalSteps: 100, stepsPerEpoch: 10 };
  listener.onStep!({ step: 1 } as never, plan as never, { loss: 1 } as never);
  listener.onEvaluation!(EVALUATION, { step: 10, epoch: 0 });
  stop();
  const shown = String(stream.read());
  expect(shown).not.toContain("\u001b[2J");
  const lines = shown.split("\n").filter((line) => /validation|F1/.test(line));
  expect(lines.map((line) => line.replace(/^.*?(?=baseline| {4})/s, ""))).toEqual([
    "baseline\\x1b[2J-c10-s0: epoch 1, step 10: validation MSE per pixel 0.05213, rate 9.871 nats (14.241 bits),",
    "    target C 10, gap -0.129 nats, -ELBO 123.456 nats, E2M1 F1 0.912, E2M2 F1 0.912, E2M3 F1 0.912",
  ]);
});
