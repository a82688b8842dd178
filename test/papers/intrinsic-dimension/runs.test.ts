import { expect, test } from "vitest";
import { createModel } from "../../../src/model/model.js";
import { paperData } from "../../../src/papers/intrinsic-dimension/data.js";
import { measuredEpochs, PRESETS, REPORTED } from "../../../src/papers/intrinsic-dimension/recipe.js";
import {
  dimensionPlan,
  featuresConfiguration,
  networkConfiguration,
} from "../../../src/papers/intrinsic-dimension/runs.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";
import { differences, differencesSentence } from "../../../src/reproduction/reductions.js";
import { layersAbout } from "../../../src/training/record-layers.js";

const PAPER = { ...PRESETS.paper, preset: "paper" } as const;
const QUICK = { ...PRESETS.quick, preset: "quick" } as const;
const cifar = paperData("cifar10", 5000);
const mnist = paperData("mnist", 5000);

test("the paper's plan: a classifier, and seven networks with three seeds each, of the published steps", () => {
  const plan = dimensionPlan({ data: [cifar], recipe: PAPER });
  const networks = plan.filter((planned) => planned.kind === "network");
  expect(plan).toHaveLength(1 + networks.length);
  expect(networks).toHaveLength(7 * 3);
  checkPlan(plan);
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
  ["whole, colour", cifar, "paper", [3072, 16384, 8192, 4096, 1024, 8, 8, 1024, 4096, 8192, 16384, 3072]],
  ["half as wide, grey", mnist, "half", [1024, 8192, 4096, 2048, 512, 8, 8, 512, 2048, 4096, 8192, 1024]],
] as const)("a network, %s, has the layers of the paper", (_, data, networks, features) => {
  const { model } = networkConfiguration(data, 8, { ...PAPER, networks });
  const built = createModel(model, [32, 32, data.channels]);
  expect(layersAbout(built).map((layer) => layer.features)).toEqual(features);
});

test("features distinguish the labels of the data", () => {
  expect(featuresConfiguration(mnist, QUICK).model.heads[0]).toMatchObject({ task: "digit" });
  expect(featuresConfiguration(cifar, QUICK).model.heads[0]).toMatchObject({ task: "class" });
});

test("epochs are measured as far as a training goes, and at its end", () => {
  expect(measuredEpochs(20)).toEqual([0, 1, 2, 5, 10, 20]);
  expect(measuredEpochs(30)).toEqual([0, 1, 2, 5, 10, 20, 30]);
});

test("what differs from the paper is reported from the presets; of the paper's own nothing", () => {
  expect(differences(REPORTED, PAPER, PAPER, [cifar])).toEqual([]);
  const recipe = { ...QUICK, noise: "fresh" } as const;
  const found = differences(REPORTED, recipe, PAPER, [{ ...mnist, reduction: "fewer images" }]);
  expect(differencesSentence(found)).toBe(
    "Differs from the paper: MNIST: fewer images (paper: the published set); channels of each layer: 1/4 (paper: all); epochs: 20 (paper: 200); test images measured: 1,500 (paper: 5,000); K: 2, 8, 16, 32 (paper: 2, 4, 8, 16, 32, 64, 128); seeds: 1 (paper: 3); gradient clipping at a norm of: 30 (paper: none); noise: fresh (paper: frozen).",
  );
});
