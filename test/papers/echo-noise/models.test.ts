import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { paperData } from "../../../src/papers/echo-noise/data.js";
import { METHOD_FILES, METHOD_NAMES, methodNamed } from "../../../src/papers/echo-noise/methods.js";
import {
  atBeta,
  imageConfiguration,
  imagePlan,
  PARTS,
  paperFile,
} from "../../../src/papers/echo-noise/models.js";
import {
  imageReductions,
  PAPER_RECIPE,
  QUICK_RECIPE,
  spriteReductions,
} from "../../../src/papers/echo-noise/recipe.js";
import { SETTINGS, spritesConfiguration, spritesPlan } from "../../../src/papers/echo-noise/sprites.js";
import { checkPlan, plannedSteps } from "../../../src/plans/plan.js";
import { prepareExperiment } from "../../../src/training/experiment.js";
import { refusal } from "../../data/files.js";

const paper = {
  parts: PARTS,
  data: [paperData("binary-mnist"), paperData("omniglot")],
  recipe: PAPER_RECIPE,
};

describe("models of Table 1", () => {
  test("each method has a file, and each file but those of Table 2 is a method", () => {
    const files = readdirSync("configs/echo-noise").filter((name) => name.endsWith(".yaml"));
    expect(files.sort()).toEqual(
      [...Object.values(METHOD_FILES), "echo-dsprites", "vae-dsprites"].map((file) => `${file}.yaml`).sort(),
    );
  });

  test.each(METHOD_NAMES)("%s is what its file says, on each data set", (method) => {
    const { data: _, split: none, name, training, ...rest } = paperFile(METHOD_FILES[method]);
    const made = imageConfiguration(method, paperData("omniglot"), PAPER_RECIPE.images, "paper");
    expect(none).toBeUndefined();
    expect(made).toEqual({
      ...rest,
      name: `${name}-omniglot`,
      data: { omniglot: expect.objectContaining({ binarize: "none" }) },
      split: { train: [0, 24_345], validation: [24_345, 32_415], test: [24_345, 32_415] },
      training: { ...training, evaluateEverySteps: 10_000 },
    });
    expect(training.epochs).toBe(PAPER_RECIPE.images.epochs);
    expect(rest.optimizer.learningRate).toBe(PAPER_RECIPE.images.learningRate);
  });

  test("the mixture of the paper has the recipe's pseudo-inputs; the quick one fewer, and fewer and thinner layers", () => {
    const vamp = (preset: "paper" | "quick") =>
      imageConfiguration(
        "VAE-Vamp",
        paperData("binary-mnist"),
        (preset === "paper" ? PAPER_RECIPE : QUICK_RECIPE).images,
        preset,
      );
    expect(vamp("paper").model.marginal).toMatchObject({ type: "vamp", pseudoInputs: 750 });
    const quick = vamp("quick");
    expect(quick.name).toBe("vae-vamp-binary-mnist-quick");
    // Another name, as another run: the same training on the paper's networks.
    const whole = { ...QUICK_RECIPE.images, thinner: 1, shallow: false };
    const wholeVamp = imageConfiguration("VAE-Vamp", paperData("binary-mnist"), whole, "quick");
    expect(wholeVamp.name).toBe("vae-vamp-binary-mnist-quick-whole");
    expect(wholeVamp.model.encoder).toEqual(vamp("paper").model.encoder);
    expect(quick.model.marginal).toMatchObject({ type: "vamp", pseudoInputs: 100 });
    const channels = (part: unknown) =>
      (part as { readonly layers: readonly { readonly channels: number }[] }).layers.map(
        (layer) => layer.channels,
      );
    expect(quick.model).toMatchObject({ channel: { type: "gaussian", dimensions: 32 } });
    expect(channels(quick.model.encoder)).toEqual([16, 32, 128]);
    expect(channels(quick.model.decoder)).toEqual([32, 32, 16, 1]);
  });

  test("a quick Echo and InfoVAE begin so that their codes are used at once, at any beta; other methods, and the paper's Echo, as published", () => {
    const of = (
      images: typeof QUICK_RECIPE.images,
      preset: "paper" | "quick",
      method: "Echo" | "InfoVAE" | "VAE" = "Echo",
    ) => atBeta(imageConfiguration(method, paperData("binary-mnist"), images, preset), 3, 1).model;
    expect(of(QUICK_RECIPE.images, "quick", "VAE")).toMatchObject({
      initialisation: "glorot",
      objective: { type: "beta", beta: 3, rateWeight: 1 },
    });
    expect(of(QUICK_RECIPE.images, "quick", "VAE").pixelBias).toBeUndefined();
    expect(of(QUICK_RECIPE.images, "quick", "InfoVAE")).toMatchObject({
      initialisation: "he",
      objective: { type: "beta", beta: 3, delay: 100, warmup: 200 },
    });
    expect(of(QUICK_RECIPE.images, "quick")).toMatchObject({
      initialisation: "he",
      pixelBias: "mean-image",
      objective: { type: "beta", beta: 3, rateWeight: 1, delay: 50, warmup: 150 },
    });
    const published = of(PAPER_RECIPE.images, "paper");
    expect(published.initialisation).toBe("glorot");
    expect(published.pixelBias).toBeUndefined();
    expect(published.objective).toEqual({ type: "beta", beta: 3, rateWeight: 1 });
  });

  test("the plan of the paper: every method with ten seeds, curves with one; each run once, of the published steps", () => {
    const plan = imagePlan(paper);
    // 9 methods x 10 seeds, and 6 methods at the 12 values of beta but 1.
    expect(plan).toHaveLength(2 * (90 + 72));
    expect(new Set(plan.map(({ runName }) => runName)).size).toBe(plan.length);
    checkPlan(plan.slice(0, 60));
    const [mnist, omniglot] = [plan[0]!, plan.at(-1)!];
    expect(plannedSteps(mnist.configuration)).toBe(100_000);
    expect(plannedSteps(omniglot.configuration)).toBe(243 * 200);
    expect(imagePlan({ ...paper, parts: ["table3"] })).toHaveLength(2 * 10);
    expect(imagePlan({ ...paper, parts: ["table2"] })).toHaveLength(0);
  });

  test("names in whatever case, or of a file", () => {
    expect(methodNamed(" echo", "--methods")).toBe("Echo");
    expect(methodNamed("iaf-mmd", "--methods")).toBe("IAF+MMD");
    expect(refusal(() => methodNamed("vamp", "--methods vamp"))).toMatch(
      /^--methods vamp: no method is called "vamp"\. .*The methods are Echo, VAE,/,
    );
  });
});

describe("models of Table 2", () => {
  test("the paper's are trained on all rows of a random order, the dependent ones on the subset that it tells of", () => {
    const [all, dependent] = (["independent", "dependent"] as const).map((factors) =>
      spritesConfiguration("Echo", factors, PAPER_RECIPE.sprites, "paper"),
    );
    expect(all!.data.dsprites).toMatchObject({ subset: "all", samples: 737_280 });
    expect(dependent!.data.dsprites).toMatchObject({ subset: "dependent-1290", samples: 108_160 });
    expect(dependent!.split).toEqual({ train: [0, 108_160], validation: [0, 2000], test: [0, 108_160] });
    expect(plannedSteps(all!)).toBe(300_000);
    expect(plannedSteps(dependent!)).toBe(300_000);
    expect(all!.model).toEqual(paperFile("echo-dsprites").model);
  });

  test("the first and the fourth row are one training; gamma is a regularizer", () => {
    const plan = spritesPlan({ parts: ["table2"], data: [], recipe: { ...PAPER_RECIPE, seeds: 1 } });
    expect(plan).toHaveLength((SETTINGS.length - 1) * 2 * 2);
    checkPlan(plan);
    const priced = plan.find(({ gamma }) => gamma === 50)!;
    expect(priced.configuration.model).toMatchObject({
      objective: { beta: 1 },
      regularizers: [{ type: "total-correlation", weight: 50, hidden: Array(6).fill(1000) }],
    });
    expect(spritesPlan({ parts: ["figures"], data: [], recipe: PAPER_RECIPE })).toHaveLength(1);
  });

  test("the quick ones fit their smaller images", () => {
    const quick = spritesConfiguration("VAE", "dependent", QUICK_RECIPE.sprites, "quick");
    const { dataset, model } = prepareExperiment(quick);
    expect(dataset.imageShape).toEqual([32, 32, 1]);
    // The mask leaves about a seventh of 9,600.
    expect(dataset.count).toBeGreaterThan(1000);
    expect(dataset.count).toBeLessThan(2000);
    expect(model.about).toBeDefined();
  });
});

test("what is reduced against the paper is told; of the paper's own nothing", () => {
  const nothing = { data: [], seeds: 10 };
  expect(imageReductions(PAPER_RECIPE, nothing)).toBe("");
  expect(spriteReductions(PAPER_RECIPE, nothing)).toBe("");
  expect(imageReductions(QUICK_RECIPE, { data: ["fewer images"], seeds: 1 })).toBe(
    "Reduced against the paper: fewer images; networks without the layers that keep the size of a map; layers with 1/2 of the channels; 10 epochs for 200; learning rate 0.001; Echo and InfoVAE begun with first values after He et al. and a rate that is free at first, Echo also with a bias for each pixel at the mean image; 100 pseudo-inputs for 750; 1 seed for 10.",
  );
  expect(spriteReductions(QUICK_RECIPE, { data: [], seeds: 2 })).toMatch(
    /32 x 32.*3000 steps for 300000.*2 seeds for 10/,
  );
});
