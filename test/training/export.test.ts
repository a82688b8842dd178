import * as ort from "onnxruntime-node";
import { afterAll, expect, test } from "vitest";
import { fillBatch } from "../../src/data/batches.js";
import { valuesPerImage } from "../../src/data/dataset.js";
import { selectRows } from "../../src/data/split.js";
import { encodeTable } from "../../src/training/encode.js";
import { exportParts } from "../../src/training/export.js";
import { tinyConfiguration, tinyTraining } from "./tiny.js";

// The default convolutional model at its untrained values: the graph is the same, and every layer is in it.
const configuration = tinyConfiguration({ model: {} });
const { experiment, device, trainer } = await tinyTraining(configuration);
afterAll(() => trainer.release());
const { model, layout, dataset } = experiment;
const { parameters } = trainer.state;

test.each([1, 3, 64])(
  "encoder.onnx runs in plain ONNX Runtime on %i images and gives the codes that Narrows gives",
  async (count) => {
    const table = selectRows(
      dataset,
      Array.from({ length: count }, (_, row) => row),
    );
    const encoding = await encodeTable({ model, layout, parameters, seed: 0 }, device, table);
    const session = await ort.InferenceSession.create(exportParts(model, layout, parameters).encoder!);
    expect([...session.inputNames].sort()).toEqual(["channel.noise", "images"]);
    const images = new Float32Array(count * valuesPerImage(table));
    fillBatch(
      table,
      Uint32Array.from({ length: count }, (_, row) => row),
      images,
    );
    const results = await session.run({
      images: new ort.Tensor("float32", images, [count, 13, 13, 1]),
      "channel.noise": new ort.Tensor("float32", new Float32Array(count * 5), [count, 5]),
    });
    expect(results.mean!.dims).toEqual([count, 5]);
    for (const [name, numbers] of [
      ["mean", encoding.mean.data],
      ["rateNats", encoding.rateNats.data],
    ] as const) {
      const found = results[name]!.data as Float32Array;
      expect(found).toHaveLength(numbers.length);
      for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(numbers[i]!, 5);
    }
    // Without noise the code is its centre.
    expect(results.code!.data).toEqual(results.mean!.data);
  },
);

test.each([1, 5])(
  "decoder.onnx turns %i codes into images of the data's own shape, pixels in 0..1",
  async (count) => {
    const session = await ort.InferenceSession.create(exportParts(model, layout, parameters).decoder!);
    const codes = Float32Array.from({ length: count * 5 }, (_, i) => Math.sin(i));
    const { images } = await session.run({ code: new ort.Tensor("float32", codes, [count, 5]) });
    expect(images!.dims).toEqual([count, 13, 13, 1]);
    expect((images!.data as Float32Array).every((pixel) => pixel > 0 && pixel < 1)).toBe(true);
  },
);
