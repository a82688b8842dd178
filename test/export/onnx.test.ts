import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { isAutoencoder } from "../../src/model/kinds.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { decodeCodes } from "../../src/training/decode.js";
import { encodeTable } from "../../src/training/encode.js";
import { exportParts } from "../../src/training/export.js";
import { largestDifference } from "../geometry/published.js";
import { channelsFirst } from "./channels-first.js";
import { NETWORKS, someImages, untrained } from "./networks.js";

const device = await nodeDevice("cpu", 1);
const COUNT = 11;

const float = (data: Float32Array, shape: readonly number[]) => new ort.Tensor("float32", data, shape);

/** 1e-5, of the largest number where that is larger than 1. */
function expectNear(found: ort.Tensor, expected: Float32Array, shape: readonly number[]) {
  expect(found.dims).toEqual(shape);
  const size = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  expect(largestDifference(found.data as Float32Array, expected) / size).toBeLessThan(1e-5);
}

const autoencoders = Object.entries(NETWORKS).filter(([, { model }]) => model.type !== "classifier");

test.each(autoencoders)("%s: images alone give what Narrows gives, in both layouts", async (_, network) => {
  const { model, settings, ...trained } = untrained(network);
  if (!isAutoencoder(model)) throw new TypeError("a classifier");
  const { imageShape } = network;
  const [height, width, channels] = imageShape;
  const table = someImages(COUNT, imageShape);
  const { mean, posterior, rateNats, dimensionRateNats } = await encodeTable(
    { model, ...trained },
    device,
    table,
  );
  const decoded = await decodeCodes({ model, ...trained }, device, mean);
  const isFlow = settings.type !== "classifier" && settings.channel.type === "iaf";
  const isSampled = model.rateEstimator === "monte-carlo";
  const expected = {
    mean,
    ...(posterior && { [isFlow ? "base_log_variance" : "log_variance"]: posterior.logVariance }),
    ...(isFlow && { base_mean: posterior!.mean }),
    ...(!isSampled && { rate_nats: rateNats }),
    ...(dimensionRateNats && { dimension_rate_nats: dimensionRateNats }),
  };
  for (const layout of ["NHWC", "NCHW"] as const) {
    const parts = exportParts(model, trained.layout, trained.parameters, { layout });
    const isFirst = layout === "NCHW";
    const inLayout = (data: Float32Array) => (isFirst ? channelsFirst(data, imageShape) : data);
    const shape = isFirst ? [channels, height, width] : imageShape;
    const encoder = await ort.InferenceSession.create(parts.encoder!);
    expect(encoder.inputNames).toEqual(["images"]);
    // What follows from the images alone is there, and nothing else.
    expect([...encoder.outputNames].sort()).toEqual(Object.keys(expected).sort());
    const images = inLayout(table.images);
    const outputs = await encoder.run({ images: float(images, [COUNT, ...shape]) });
    for (const [name, { data, shape }] of Object.entries(expected)) expectNear(outputs[name]!, data, shape);
    // An image alone: the code of no other image has a part in it, but where their mean is taken off.
    if (settings.type !== "classifier" && settings.channel.centred !== true) {
      const one = await encoder.run({
        images: float(images.slice(0, images.length / COUNT), [1, ...shape]),
      });
      expectNear(one.mean!, mean.data.slice(0, mean.shape[1]), [1, mean.shape[1]!]);
    }
    const decoder = await ort.InferenceSession.create(parts.decoder!);
    expect(decoder.inputNames).toEqual(["codes"]);
    const { images: made } = await decoder.run({ codes: outputs.mean! });
    expectNear(made!, inLayout(Float32Array.from(decoded.data)), [COUNT, ...shape]);
  }
});
