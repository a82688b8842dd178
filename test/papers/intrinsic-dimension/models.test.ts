import { expect, test } from "vitest";
import { createModel } from "../../../src/model/model.js";
import { paperData } from "../../../src/papers/intrinsic-dimension/data.js";
import {
  dimensionPlan,
  featuresConfiguration,
  networkConfiguration,
} from "../../../src/papers/intrinsic-dimension/models.js";
import {
  epochsWithin,
  PAPER_RECIPE,
  QUICK_RECIPE,
  reductions,
} from "../../../src/papers/intrinsic-dimension/recipe.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";
import { layersAbout } from "../../../src/training/record-layers.js";

const cifar = paperData("cifar10", 5000);
const mnist = paperData("mnist", 5000);

test("the paper's plan: a classifier, and seven networks with three seeds each, of the published steps", () => {
  const { features, networks } = dimensionPlan({ data: [cifar], recipe: PAPER_RECIPE });
  expect(features).toHaveLength(1);
  expect(networks).toHaveLength(7 * 3);
  checkPlan([...features, ...networks]);
  expect(networks.slice(0, 7).map(({ bottleneck }) => bottleneck)).toEqual([2, 4, 8, 16, 32, 64, 128]);
  expect(new Set(networks.map(({ runName }) => runName)).size).toBe(21);
  // 40,000 images in batches of 256 are 157 steps.
  expect(plannedSteps(networks[0]!.configuration)).toBe(157 * 200);
  const { training, optimizer } = networks[0]!.configuration;
  expect(training).toMatchObject({
    noise: "frozen",
    snapshotEpochs: [0, 1, 2, 5, 10, 20, 50, 75, 100, 150, 200],
  });
  expect(optimizer.weightDecay * 256).toBeCloseTo(1e-4, 12);
});

test.each([
  ["whole, colour", cifar, 1, [3072, 16384, 8192, 4096, 1024, 8, 8, 1024, 4096, 8192, 16384, 3072]],
  ["thin, grey", mnist, 2, [1024, 8192, 4096, 2048, 512, 8, 8, 512, 2048, 4096, 8192, 1024]],
])("a network, %s, has the layers of the paper", (_, data, thinner, features) => {
  const { model } = networkConfiguration(data, 8, { ...PAPER_RECIPE, thinner });
  const built = createModel(model, [32, 32, data.channels]);
  expect(layersAbout(built).map((layer) => layer.features)).toEqual(features);
});

test("features tell the labels of the data apart", () => {
  expect(featuresConfiguration(mnist, QUICK_RECIPE).model.heads[0]).toMatchObject({ task: "digit" });
  expect(featuresConfiguration(cifar, QUICK_RECIPE).model.heads[0]).toMatchObject({ task: "class" });
});

test("epochs are measured as far as a training goes, and at its end", () => {
  expect(epochsWithin(PAPER_RECIPE.measuredEpochs, 20)).toEqual([0, 1, 2, 5, 10, 20]);
  expect(epochsWithin(PAPER_RECIPE.measuredEpochs, 30)).toEqual([0, 1, 2, 5, 10, 20, 30]);
});

test("what is reduced against the paper is told; of the paper's own nothing", () => {
  expect(reductions(PAPER_RECIPE, [cifar])).toBe("");
  expect(reductions({ ...QUICK_RECIPE, noise: "fresh" }, [{ ...mnist, reduction: "fewer images" }])).toBe(
    "Reduced against the paper: fewer images; layers with 1/2 of the channels; 20 epochs for 200; 2,000 points for 5,000; K of 2, 4, 8, 16, 32 alone; gradients shortened to a length of 30; fresh noise for frozen.",
  );
});
