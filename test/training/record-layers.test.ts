import { describe, expect, test } from "vitest";
import { loadConfiguration } from "../../src/configuration/load.js";
import { isAutoencoderSettings } from "../../src/model/kinds.js";
import { createModel } from "../../src/model/model.js";
import { ParameterLayout } from "../../src/nn/parameters.js";
import { Scope } from "../../src/nn/scope.js";
import { encodeTable } from "../../src/training/encode.js";
import { parameterLayout } from "../../src/training/programs.js";
import { layersAbout, recordLayers } from "../../src/training/record-layers.js";
import { TINY, tinyConfiguration, tinyTraining } from "./tiny.js";

/** The model of the paper with a bottleneck of K dimensions, for 32 x 32 images. */
function paperModel(dimensions: number, channels: number) {
  const overrides = [`model.channel.dimensions=${dimensions}`, `model.decoder.layers.3.channels=${channels}`];
  const { configuration } = loadConfiguration("configs/intrinsic-dimension/vae.yaml", overrides);
  if (!isAutoencoderSettings(configuration.model)) throw new TypeError("no autoencoder");
  return createModel(configuration.model, [32, 32, channels]);
}

describe("the VAE of the intrinsic dimension paper", () => {
  test("has its layers, of its sizes, and the mean of the code besides", () => {
    expect(layersAbout(paperModel(64, 3)).map(({ name, features }) => [name, features])).toEqual([
      ["input", 3072],
      ["encoder.0", 16384],
      ["encoder.1", 8192],
      ["encoder.2", 4096],
      ["encoder.3", 1024],
      ["mean", 64],
      ["code", 64],
      ["decoder.0", 1024],
      ["decoder.1", 4096],
      ["decoder.2", 8192],
      ["decoder.3", 16384],
      ["output", 3072],
    ]);
  });

  test.each([
    [64, 3, 3_617_283],
    [2, 3, 3_420_547 + 2 * 3074],
    [8, 1, 3_416_449 + 8 * 3074],
  ])(
    "with K = %i and %i channels has %i parameters, statistics not counted",
    (dimensions, channels, count) => {
      const { specs } = parameterLayout(paperModel(dimensions, channels));
      expect(new ParameterLayout(specs.filter(({ isStatistic }) => !isStatistic)).size).toBe(count);
    },
  );
});

describe("recording a layer", () => {
  const trained = async (configuration = tinyConfiguration()) => {
    const { experiment, device, trainer } = await tinyTraining(configuration);
    const { model, layout, split } = experiment;
    return {
      device,
      table: split.test,
      trained: { model, layout, parameters: trainer.state.parameters, seed: 0 },
    };
  };

  test("gives the images, the codes that the encoding gives, and what lies between", async () => {
    const { trained: run, device, table } = await trained();
    const layers = layersAbout(run.model).map(({ name }) => name);
    expect(layers).toEqual(["input", "encoder.0", "mean", "code", "decoder.0", "output"]);
    const input = (await recordLayers(run, device, table, ["input"])).input!;
    expect(input.shape).toEqual([table.count, 169]);
    expect(input.data[0]).toBeCloseTo(table.images[0]! * table.scale, 6);
    const { mean, code } = await encodeTable(run, device, table);
    expect((await recordLayers(run, device, table, ["mean"])).mean!.data).toEqual(mean.data);
    expect((await recordLayers(run, device, table, ["input", "code"])).code!.data).toEqual(code.data);
    expect((await recordLayers(run, device, table, ["encoder.0"]))["encoder.0"]!.shape).toEqual([
      table.count,
      8,
    ]);
  });

  test("maps of a convolution are rows of all their numbers", async () => {
    const layers = [{ channels: 4, kernel: 4, stride: 2, padding: 1 }];
    const model = { ...TINY.model, encoder: { type: "convolutional", layers } };
    const { trained: run, device, table } = await trained(tinyConfiguration({ model }));
    const recorded = (await recordLayers(run, device, table, ["encoder.0"]))["encoder.0"]!;
    expect(recorded.shape).toEqual([table.count, 6 * 6 * 4]);
    expect(recorded.data.every(Number.isFinite)).toBe(true);
    expect(new Scope().learns).toBe(false);
  });

  test("a layer that the model does not have is told, with those that it has", async () => {
    const { trained: run, device, table } = await trained();
    await expect(recordLayers(run, device, table, ["input", "encoder.7"])).rejects.toThrow(
      /layer encoder.7: the model has no such layer. Did you mean encoder.0\? Its layers are input, encoder.0, mean/,
    );
  });
});
