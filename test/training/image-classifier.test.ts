import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { isClassifier } from "../../src/model/kinds.js";
import { Scope } from "../../src/nn/scope.js";
import { nodeDevice } from "../../src/onnx/node.js";
import type { Evaluation } from "../../src/training/evaluate.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { exportParts } from "../../src/training/export.js";
import { trainLoop } from "../../src/training/loop.js";
import { Trainer } from "../../src/training/trainer.js";

const configuration = configurationSchema.parse({
  data: { corridors: { samples: 600 } },
  model: {
    type: "classifier",
    encoder: {
      type: "convolutional",
      normalise: "batch",
      layers: [{ channels: 8, kernel: 4, stride: 2, padding: 1 }],
      dense: [12],
    },
    heads: [{ name: "upper", task: "xU", network: { type: "linear" } }],
  },
  optimizer: { learningRate: 0.01 },
  training: { epochs: 4, batchSize: 32 },
});

test("a classifier of images learns features with its heads, and both are exported", async () => {
  const { model, layout, split } = prepareExperiment(configuration);
  if (!isClassifier(model)) throw new TypeError("no classifier");
  expect(model.about).toBe("a classifier of images");
  const scope = new Scope();
  expect(model.features(scope, scope.batch("images", [5, 13, 13, 1])).shape).toEqual([5, 12]);

  const device = await nodeDevice("cpu", 1);
  const { seed, optimizer, training } = configuration;
  const trainer = new Trainer(model, device, { seed, optimizer });
  const evaluations: Evaluation[] = [];
  await trainLoop(trainer, split, { seed, optimizer, ...training }, device, {
    onEvaluation: (evaluation) => evaluations.push(evaluation),
  });
  const accuracies = evaluations.map(({ tasks }) => tasks.upper!.accuracy);
  // Chance is 1 in 13.
  expect(accuracies.at(-1)).toBeGreaterThan(0.5);

  const parts = exportParts(model, layout, trainer.state.parameters);
  await trainer.release();
  expect(Object.keys(parts).sort()).toEqual(["features", "heads"]);
  const images = new ort.Tensor("float32", new Float32Array(3 * 169).fill(0.5), [3, 13, 13, 1]);
  const run = async (part: string) => await (await ort.InferenceSession.create(parts[part]!)).run({ images });
  expect((await run("features")).features!.dims).toEqual([3, 12]);
  expect((await run("heads")).upper!.dims).toEqual([3, 13]);
});
