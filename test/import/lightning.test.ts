import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { beforeAll, describe, expect, it } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { UserError } from "../../src/errors.js";
import {
  type ImportedModel,
  placeInExperiment,
  readLightningFile,
  writeImportedRun,
} from "../../src/import/import-run.js";
import { modelSchema } from "../../src/model/schema.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { runLayout } from "../../src/runs/layout.js";
import { createRun } from "../../src/runs/run.js";
import { readLightningModel } from "../../src/torch/lightning.js";
import { readTorchCheckpoint } from "../../src/torch/torch-checkpoint.js";
import { requireAutoencoder } from "../../src/training/experiment.js";
import { exportParts } from "../../src/training/export.js";
import { largestDifference, published } from "../geometry/published.js";
import { temporaryFolder } from "../runs/temporary-folder.js";

const FIXTURES = join(import.meta.dirname, "fixtures");
const path = join(FIXTURES, "tiny-vae.ckpt");
const golden = JSON.parse(readFileSync(join(FIXTURES, "tiny-vae.json"), "utf8")) as {
  images: string;
  codes: number[];
  mean: number[];
  logVariance: number[];
  decoded: number[];
};
const configuration = configurationSchema.parse({
  data: { corridors: { samples: 200 } },
  training: { epochs: 6 },
});
const tensors = () => readTorchCheckpoint(path, { stripPrefix: "model." }).tensors;

describe("what PyTorch computes, to 1e-5", () => {
  let imported: ImportedModel;
  beforeAll(() => {
    imported = placeInExperiment(readLightningFile(path), configuration);
  });
  const run = async (bytes: Uint8Array, feeds: Record<string, Tensor>) =>
    (await InferenceSession.create(bytes)).run(feeds);

  it("means and log-variances of the encoder", async () => {
    const { model, layout } = requireAutoencoder(imported.experiment, "golden");
    const images = Float32Array.from(golden.images, Number);
    const results = await run(exportParts(model, layout, imported.state.parameters).encoder!, {
      images: new Tensor("float32", images, [3, 13, 13, 1]),
    });
    expect(largestDifference(results.mean!.data as Float32Array, golden.mean)).toBeLessThan(1e-5);
    const logVariance = results.log_variance!.data as Float32Array;
    expect(largestDifference(logVariance, golden.logVariance)).toBeLessThan(1e-5);
  });

  it("images of the decoder", async () => {
    const { model, layout } = requireAutoencoder(imported.experiment, "golden");
    const { images } = await run(exportParts(model, layout, imported.state.parameters).decoder!, {
      codes: new Tensor("float32", Float32Array.from(golden.codes), [3, 2]),
    });
    expect(images!.dims).toEqual([3, 13, 13, 1]);
    expect(largestDifference(images!.data as Float32Array, golden.decoded)).toBeLessThan(1e-5);
  });
});

describe("what the shapes and counts say", () => {
  it("layers, code dimensions, classifiers", () => {
    const { model } = readLightningFile(path);
    if (!model.settings) throw new Error("taken for a classifier alone");
    const { settings, heads, imageChannels, innermostPositions } = model;
    const layers = [
      { channels: 2, kernel: 4, stride: 2, padding: 1 },
      { channels: 3, kernel: 3, stride: 2, padding: 1 },
      { channels: 4, kernel: 3, stride: 2, padding: 1 },
    ];
    expect(settings).toEqual({
      encoder: { type: "convolutional", layers },
      channel: { type: "gaussian", dimensions: 2 },
      decoder: { type: "convolutional", layers },
    });
    expect({ heads: heads.map(({ key }) => key), imageChannels, innermostPositions }).toEqual({
      heads: ["clf"],
      imageChannels: 1,
      innermostPositions: 4,
    });
  });

  it("a training that is over: its steps and epochs, Adam's vectors zero", () => {
    const { state, epoch, experiment } = placeInExperiment(readLightningFile(path), configuration);
    expect({ step: state.step, epoch }).toEqual({ step: 7974, epoch: 5 });
    // 170 training images make 3 steps an epoch here.
    expect(experiment.configuration.training).toMatchObject({ steps: 7974, epochs: 2658 });
    expect(state.gradientSum.every((value) => value === 0)).toBe(true);
  });

  it("without counts, a training as long as the configuration says", () => {
    const { model } = readLightningFile(path);
    const { state, epoch } = placeInExperiment(
      { path, model, checkpoint: { tensors: new Map() } },
      configuration,
    );
    expect({ step: state.step, epoch }).toEqual({ step: 18, epoch: 5 });
  });

  it("images of another size are refused with both sides told", () => {
    const larger = configurationSchema.parse({ data: { corridors: { samples: 200, size: 21 } } });
    expect(() => placeInExperiment(readLightningFile(path), larger)).toThrow(
      /tiny-vae\.ckpt: its weights are for images of 1 channels that shrink to 4 positions, and images of 21 x 21 x 1/,
    );
  });
});

describe("weights of another model", () => {
  const changed = (change: (all: Map<string, NumericArray>) => void) => {
    const all = new Map(tensors());
    change(all);
    return () => readLightningModel(all, "x.ckpt");
  };
  const ones = (...shape: number[]): NumericArray => ({
    shape,
    data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(1),
  });
  const set = (name: string, array: NumericArray) => changed((all) => all.set(name, array));

  it.each<[string, () => unknown, RegExp]>([
    [
      "a missing weight",
      changed((all) => all.delete("fc_var.bias")),
      /it lacks "fc_var\.bias"\. Give a checkpoint/,
    ],
    ["a missing layer", changed((all) => all.delete("decoder.4.weight")), /it lacks "decoder\.4\.weight"\./],
    [
      "an unknown weight",
      set("encoder.0.0.running_mean", ones(2)),
      /it holds "encoder\.0\.0\.running_mean", which Narrows does not know/,
    ],
    [
      "another model altogether",
      changed((all) => {
        all.clear();
        for (let k = 0; k < 9; k++) all.set(`layer${k}.weight`, ones(1));
      }),
      /it lacks "encoder\.0\.weight", .* and 6 more; it holds "layer0\.weight", .* and 5 more/,
    ],
    [
      "a classifier alone",
      changed((all) => {
        for (const name of [...all.keys()]) if (!name.startsWith("clf.")) all.delete(name);
      }),
      /it is a classifier of codes alone/,
    ],
    [
      "a decoder that is no mirror image",
      set("decoder.0.weight", ones(4, 5, 3, 3)),
      /"decoder\.0\.weight" has shape \[4,5,3,3\], and the others need \[4,3,3,3\]/,
    ],
    [
      "a kernel that is no square",
      set("encoder.0.weight", ones(2, 1, 4, 3)),
      /"encoder\.0\.weight" has shape/,
    ],
    [
      "a flat convolution",
      set("encoder.4.weight", ones(4, 27)),
      /"encoder\.4\.weight" has shape \[4,27\] where 4 axes/,
    ],
    ["features that are no map", set("fc_mu.weight", ones(2, 15)), /"fc_mu\.weight" takes 15 numbers/],
    ["a scalar bias", set("fc_mu.bias", ones()), /"fc_mu\.bias" has shape \[\], and the others need \[2\]/],
    [
      "NaN",
      set("encoder.0.bias", { shape: [2], data: Float32Array.of(0, Number.NaN) }),
      /"encoder\.0\.bias" holds NaN or infinite numbers/,
    ],
  ])("%s is named", (_, read, message) => {
    expect(read).toThrow(UserError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^x\.ckpt: [^\n]+$/);
  });
});

describe.skipIf(published.missing)(`every checkpoint of the authors' classes, ${published.title}`, () => {
  type Shapes = [name: string, shape: number[]][];
  const shapesOf = (key: string) => published.facts().state_dict[key] as Shapes;
  const zeros = (shapes: Shapes) =>
    new Map(
      shapes.map(([name, shape]) => {
        const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
        return [name.replace(/^model\./, ""), { shape, data }];
      }),
    );

  it.each([
    ["BetaVAE alone", [], []],
    ["with task 0", ["BetaVAE_CLF_task0_extra"], ["clf"]],
    ["with a linear task", ["BetaVAE_CLF_task1-3_extra"], ["clf"]],
    ["with four tasks", ["BetaVAE_MultiCLF_extra"], ["clf_dict.0", "clf_dict.1", "clf_dict.2", "clf_dict.3"]],
  ])("%s", (_, extras, heads) => {
    const model = readLightningModel(zeros(["BetaVAE", ...extras].flatMap(shapesOf)), "x.ckpt");
    const count = [...model.parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(count).toBe(published.facts().state_dict.param_counts.BetaVAE);
    expect(model.heads.map(({ key }) => key)).toEqual(heads);
    expect(model.settings.channel.dimensions).toBe(5);
    expect(modelSchema.parse(model.settings)).toEqual(modelSchema.parse({}));
  });

  it.each(["LatentClassifier_task0", "LatentClassifier_task1-3"])("%s is no autoencoder", (key) => {
    expect(() => readLightningModel(zeros(shapesOf(key)), "x.ckpt")).toThrow(/a classifier of codes alone/);
  });
});

it("a run that cannot be written whole is not left half-written", () => {
  const imported = placeInExperiment(readLightningFile(path), configuration);
  const versions = { narrows: "", node: "", onnxruntime: "", platform: "" };
  const run = createRun(temporaryFolder(), "half", { configuration: {}, versions });
  writeFileSync(runLayout(run.path).checkpoints, "a file in the way of the folder");
  const evaluation = { rateNats: 1, rateBits: 1, squaredErrorPerPixel: 1, squaredErrorPerImage: 169 };
  const rest = {
    loss: 1,
    distortion: 1,
    targetRateNats: undefined,
    gapNats: undefined,
    images: 1,
    batches: 1,
    headLosses: {},
    tasks: {},
  };
  expect(() => writeImportedRun(run, imported, { ...evaluation, ...rest })).toThrow(UserError);
  // What is not ours stays.
  expect(readdirSync(run.path)).toEqual(["checkpoints"]);
});
