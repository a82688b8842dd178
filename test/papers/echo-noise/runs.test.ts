import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { paperData } from "../../../src/papers/echo-noise/data.js";
import { METHOD_NAMES, methodFile, methodNamed } from "../../../src/papers/echo-noise/methods.js";
import { PRESETS, REPORTED, type Recipe } from "../../../src/papers/echo-noise/recipe.js";
import { atBeta, imageConfiguration, imagePlan, paperFile } from "../../../src/papers/echo-noise/runs.js";
import {
  spritesConfiguration,
  spritesPlan,
  TABLE_2_SETTINGS,
} from "../../../src/papers/echo-noise/sprites.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";
import { differences, differencesSentence } from "../../../src/reproduction/reductions.js";
import { prepareExperiment } from "../../../src/training/experiment.js";
import { refusal } from "../../data/files.js";

const PAPER: Recipe = { ...PRESETS.paper, preset: "paper" };
const QUICK: Recipe = { ...PRESETS.quick, preset: "quick" };
const paper = { data: [paperData("binary-mnist"), paperData("omniglot")], recipe: PAPER };

describe("models of Table 1", () => {
  test("each method has a file, and each file but those of Table 2 is a method", () => {
    const files = readdirSync("configs/echo-noise").filter((name) => name.endsWith(".yaml"));
    expect(files.sort()).toEqual(
      [...METHOD_NAMES.map(methodFile), "echo-dsprites", "vae-dsprites"].map((file) => `${file}.yaml`).sort(),
    );
  });

  test.each(METHOD_NAMES)("%s is what its file says, on each data set", (method) => {
    const { data: _, split: none, name, training, ...rest } = paperFile(methodFile(method));
    const made = imageConfiguration(method, paperData("omniglot"), PAPER);
    expect(none).toBeUndefined();
    expect(made).toEqual({
      ...rest,
      name: `${name}-omniglot`,
      data: { omniglot: expect.objectContaining({ binarize: "none" }) },
      split: { train: [0, 24_345], validation: [24_345, 32_415], test: [24_345, 32_415] },
      training: { ...training, evaluateEverySteps: 10_000 },
    });
    expect(training.epochs).toBe(PAPER.epochs);
    expect(rest.optimizer.learningRate).toBe(PAPER.learningRate);
  });

  test("the mixture of the paper has the recipe's pseudo-inputs; the quick one fewer, and fewer and thinner layers", () => {
    const vamp = (recipe: Recipe) => imageConfiguration("VAE-Vamp", paperData("binary-mnist"), recipe);
    expect(vamp(PAPER).model.marginal).toMatchObject({ type: "vamp", pseudoInputs: 750 });
    const quick = vamp(QUICK);
    expect(quick.name).toBe("vae-vamp-binary-mnist-small");
    // The same training on other networks has another name, as another run.
    const wholeVamp = vamp({ ...QUICK, networks: "paper" });
    expect(wholeVamp.name).toBe("vae-vamp-binary-mnist");
    expect(wholeVamp.model.encoder).toEqual(vamp(PAPER).model.encoder);
    expect(quick.model.marginal).toMatchObject({ type: "vamp", pseudoInputs: 100 });
    const channels = (part: unknown) =>
      (part as { readonly layers: readonly { readonly channels: number }[] }).layers.map(
        (layer) => layer.channels,
      );
    expect(quick.model).toMatchObject({ channel: { type: "gaussian", dimensions: 32 } });
    expect(channels(quick.model.encoder)).toEqual([16, 32, 128]);
    expect(channels(quick.model.decoder)).toEqual([32, 32, 16, 1]);
    const half = vamp({ ...QUICK, networks: "half" });
    expect(half.name).toBe("vae-vamp-binary-mnist-half");
    expect(channels(half.model.encoder)).toEqual([16, 16, 32, 32, 128]);
    expect(channels(half.model.decoder)).toEqual([32, 32, 32, 16, 16, 16, 1]);
  });

  test("a quick Echo and InfoVAE begin so that their codes are used at once, at any beta; other methods, and the paper's Echo, as published", () => {
    const of = (recipe: Recipe, method: "Echo" | "InfoVAE" | "VAE" = "Echo") =>
      atBeta(imageConfiguration(method, paperData("binary-mnist"), recipe), 3, 1).model;
    expect(of(QUICK, "VAE")).toMatchObject({
      initialisation: "glorot",
      objective: { type: "beta", beta: 3, rateWeight: 1 },
    });
    expect(of(QUICK, "VAE").pixelBias).toBeUndefined();
    expect(of(QUICK, "InfoVAE")).toMatchObject({
      initialisation: "he",
      objective: { type: "beta", beta: 3, delay: 100, warmup: 200 },
    });
    expect(of(QUICK)).toMatchObject({
      initialisation: "he",
      pixelBias: "mean-image",
      objective: { type: "beta", beta: 3, rateWeight: 1, delay: 50, warmup: 150 },
    });
    const published = of(PAPER);
    expect(published.initialisation).toBe("glorot");
    expect(published.pixelBias).toBeUndefined();
    expect(published.objective).toEqual({ type: "beta", beta: 3, rateWeight: 1 });
  });

  test("the plan of the paper: every method with ten seeds, curves with three; each run once, of the published steps", () => {
    const plan = imagePlan(paper);
    // 9 methods x 10 seeds, and 6 methods at the 12 values of beta but 1 with 3 seeds.
    expect(plan).toHaveLength(2 * (90 + 3 * 72));
    expect(new Set(plan.map(({ runName }) => runName)).size).toBe(plan.length);
    checkPlan(plan.slice(0, 60));
    const [mnist, omniglot] = [plan[0]!, plan.at(-1)!];
    expect(plannedSteps(mnist.configuration)).toBe(100_000);
    expect(plannedSteps(omniglot.configuration)).toBe(243 * 200);
    expect(imagePlan({ ...paper, recipe: { ...PAPER, only: ["table3"] } })).toHaveLength(2 * 10);
    expect(imagePlan({ ...paper, recipe: { ...PAPER, only: ["table2"] } })).toHaveLength(0);
  });

  test("a number of steps takes the place of epochs, on whatever data, evaluated as often as the recipe says", () => {
    const recipe: Recipe = { ...QUICK, imageSteps: 700, evaluations: 10 };
    for (const data of ["binary-mnist", "omniglot"] as const) {
      const { training, ...configuration } = imageConfiguration("VAE", paperData(data), recipe);
      expect(plannedSteps({ ...configuration, training })).toBe(700);
      expect(training.evaluateEverySteps).toBe(70);
      // The split of the small drawings is known only with their files.
      expect(plannedSteps({ ...configuration, training, split: undefined })).toBe(700);
    }
  });

  test("methods with one seed have the first; curves have seeds of their own", () => {
    const seedsOf = (method: string, beta: number) =>
      imagePlan({
        data: [paperData("mnist")],
        recipe: { ...PAPER, seeds: 2, oneSeed: ["VAE-MAF", "IAF-Prior"], betas: [1, 3], curveSeeds: 1 },
      })
        .filter((run) => run.method === method && run.beta === beta)
        .map(({ seed }) => seed);
    expect(seedsOf("Echo", 1)).toEqual([0, 1]);
    expect(seedsOf("Echo", 3)).toEqual([0]);
    expect(seedsOf("VAE-MAF", 1)).toEqual([0]);
    expect(seedsOf("IAF-Prior", 1)).toEqual([0]);
  });

  test("names in whatever case, or of a file", () => {
    expect(methodNamed(" echo")).toBe("Echo");
    expect(methodNamed("iaf-mmd")).toBe("IAF+MMD");
    expect(refusal(() => methodNamed("vamp"))).toMatch(
      /^--methods vamp: no method is called "vamp"\. .*The methods are Echo, VAE,/,
    );
  });
});

describe("models of Table 2", () => {
  test("the paper's are trained on all rows of a random order, the dependent ones on the subset that it reports", () => {
    const [all, dependent] = (["independent", "dependent"] as const).map((factors) =>
      spritesConfiguration("Echo", factors, PAPER),
    );
    expect(all!.data.dsprites).toMatchObject({ subset: "all", samples: 737_280 });
    expect(dependent!.data.dsprites).toMatchObject({ subset: "dependent-1290", samples: 108_160 });
    expect(dependent!.split).toEqual({ train: [0, 108_160], validation: [0, 2000], test: [0, 108_160] });
    expect(plannedSteps(all!)).toBe(300_000);
    expect(plannedSteps(dependent!)).toBe(300_000);
    expect(all!.model).toEqual(paperFile("echo-dsprites").model);
  });

  test("the first and the fourth row are one training; gamma is a regularizer", () => {
    const plan = spritesPlan({ recipe: { ...PAPER, only: ["table2"], seeds: 1 } });
    expect(plan).toHaveLength((TABLE_2_SETTINGS.length - 1) * 2 * 2);
    checkPlan(plan);
    const priced = plan.find(({ gamma }) => gamma === 50)!;
    expect(priced.configuration.model).toMatchObject({
      objective: { beta: 1 },
      regularizers: [{ type: "total-correlation", weight: 50, hidden: Array(6).fill(1000) }],
    });
    expect(spritesPlan({ recipe: { ...PAPER, only: ["figures"] } })).toHaveLength(1);
  });

  test("the quick ones fit their smaller images", () => {
    const quick = spritesConfiguration("VAE", "dependent", QUICK);
    const { dataset, model } = prepareExperiment(quick);
    expect(dataset.imageShape).toEqual([32, 32, 1]);
    // The mask leaves about a seventh of 9,600.
    expect(dataset.count).toBeGreaterThan(1000);
    expect(dataset.count).toBeLessThan(2000);
    expect(model.about).toBeDefined();
  });
});

test("what differs from the paper is reported, of images and of sprites; of the paper's own nothing", () => {
  expect(differences(REPORTED, PAPER, PAPER, [])).toEqual([]);
  const found = differences(REPORTED, QUICK, PAPER, [
    { ...paperData("binary-mnist"), reduction: "fewer images" },
    { ...paperData("omniglot"), reduction: "other images" },
  ]);
  expect(differencesSentence(found, ["images", "binary-mnist"])).toBe(
    "Differs from the paper: Binary MNIST: fewer images (paper: the published set); networks: layers with half of the channels, without the layers that keep the size of a map (paper: the paper's); length of trainings: 500 steps (paper: 200 epochs); learning rate: 0.001 (paper: 0.0003); start of Echo, InfoVAE and IAF+MMD: initial weights after He et al. and a rate that is free at first, Echo also with a bias for each pixel at the mean image (paper: as published); pseudo-inputs: 100 (paper: 750); seeds: 1 (paper: 10).",
  );
  expect(differencesSentence(found, ["sprites"])).toMatch(
    /^Differs from the paper: sprites: drawn here on a grid of 3 x 4 x 8 x 10 x 10 .*32 x 32.*1,000 \(paper: 300,000\).*seeds: 1/,
  );
  expect(differencesSentence(found, [])).toBe("");
});
