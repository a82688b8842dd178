import { fillBatch, shuffledBatches } from "../../src/data/batches.js";
import { adamStepNumbers } from "../../src/nn/adam.js";
import { compileProgram } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { Feeder } from "../../src/training/feeder.js";
import { trainingProgram } from "../../src/training/programs.js";
import { BATCH_SIZE, type Baseline } from "../baseline.js";
import type { Outcome } from "../measurement.js";
import { median } from "../rounds.js";
import { progressAt } from "../stepping/engine.js";

const ROUNDS = 9;
const FILLS_PER_ROUND = 200;

/** What the host does around the steps: opening the session once, and feeding noise and images to each step. */
export async function measureHost({ configuration, model, images }: Baseline): Promise<Outcome> {
  const { seed, optimizer } = configuration;
  const device = await nodeDevice("cpu");
  const openings: number[] = [];
  for (let i = 0; i < 5; i++) {
    const begun = performance.now();
    const opened = await device.open(compileProgram(trainingProgram(model, optimizer, BATCH_SIZE)));
    openings.push(performance.now() - begun);
    await opened.release();
  }
  const feeder = new Feeder(compileProgram(trainingProgram(model, optimizer, BATCH_SIZE)).inputs);
  const batches = shuffledBatches(images.count, BATCH_SIZE, { seed, epoch: 0 });
  const feed = (step: number) => {
    const { stepSize, epsilon, shrink } = adamStepNumbers(step + 1, optimizer.learningRate, optimizer);
    const scalars = {
      "optimizer.stepSize": stepSize,
      "optimizer.epsilon": epsilon,
      "optimizer.shrink": shrink,
    };
    feeder.fill({
      seed,
      noisePurpose: "training",
      noise: step,
      fillBatch: (_, into) => fillBatch(images, batches.at(step % batches.batchCount), into),
      scalars: { ...model.scalars(progressAt(step)), ...scalars },
    });
  };
  const feedings = Array.from({ length: ROUNDS }, (_, round) => {
    const begun = performance.now();
    for (let i = 0; i < FILLS_PER_ROUND; i++) feed(round * FILLS_PER_ROUND + i);
    return (performance.now() - begun) / FILLS_PER_ROUND;
  });
  return {
    measurements: [
      {
        key: "feeding.milliseconds",
        label: "feeding a step on the host (part of it)",
        value: Math.min(...feedings),
        unit: "ms",
        better: "lower",
        details: { median: median(feedings) },
      },
      {
        key: "session.milliseconds",
        label: "building and opening the training program",
        value: Math.min(...openings),
        unit: "ms",
        better: "lower",
        details: { median: median(openings) },
      },
    ],
  };
}
