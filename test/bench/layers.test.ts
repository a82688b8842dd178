import { describe, expect, it } from "vitest";
import { describeLayers, type Layer } from "../../bench/layers.js";
import { NETWORKS, trainingSettings } from "../../bench/networks.js";
import { createModel } from "../../src/model/model.js";
import { sizeOf } from "../../src/tensor/shape.js";
import { parameterLayout } from "../../src/training/programs.js";

/** Weights and biases, and four numbers a channel where it is normalised: weight, bias, mean and variance seen. */
function parametersOf(layer: Layer): number {
  const taps = layer.kind === "dense" ? 1 : layer.window.kernel ** 2;
  return (taps * layer.inputs + 1 + (layer.normalise ? 4 : 0)) * layer.outputs;
}

describe("the layers that other libraries build the measured networks from", () => {
  it.each(NETWORKS.map((network) => [network.label, network] as const))("of %s are ours", (_, network) => {
    const { model } = trainingSettings(network);
    const { encoder, dimensions, decoder, map } = describeLayers(model, network.imageShape);
    const last = encoder.at(-1)!;
    const features = last.kind === "dense" ? last.outputs : sizeOf(last.window.coarse) * last.outputs;
    const counted = [...encoder, ...decoder].reduce(
      (total, layer) => total + parametersOf(layer),
      (features + 1) * 2 * dimensions,
    );
    expect(counted).toBe(parameterLayout(createModel(model, network.imageShape)).size);

    const dense = decoder.filter(({ kind }) => kind === "dense");
    expect(dense.at(-1)?.outputs ?? dimensions).toBe(sizeOf(map.size) * map.channels);
    const outermost = decoder.at(-1)!;
    expect(outermost).toMatchObject({ outputs: network.imageShape[2], normalise: false, slope: null });
  });

  it("follow each other: what one puts out the next takes in, map by map", () => {
    for (const network of NETWORKS) {
      const { encoder, decoder } = describeLayers(trainingSettings(network).model, network.imageShape);
      const [height, width] = network.imageShape;
      let size: readonly [number, number] = [height, width];
      for (const layer of encoder) {
        if (layer.kind === "dense") continue;
        expect(layer.window.fine).toEqual(size);
        size = layer.window.coarse;
      }
      const maps = decoder.filter((layer) => layer.kind !== "dense");
      expect(maps.slice(1).map(({ inputs }) => inputs)).toEqual(
        maps.slice(0, -1).map(({ outputs }) => outputs),
      );
      const { kind, window } = maps.at(-1)!;
      expect(kind === "transposed" ? window.fine : window.coarse).toEqual([height, width]);
    }
  });
});
