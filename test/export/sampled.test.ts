import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { Scope } from "../../src/nn/scope.js";
import { compileProgram } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { exportParts } from "../../src/training/export.js";
import { largestDifference } from "../geometry/published.js";
import { NETWORKS, someImages, untrained } from "./networks.js";

const COUNT = 7;

test.each(["the Corridors baseline", "an inverse autoregressive flow", "a masked autoregressive flow"])(
  "%s: codes and rates of given noise are those of the model",
  async (name) => {
    const network = NETWORKS[name]!;
    const { model, layout, parameters } = untrained(network);
    const parts = exportParts(model, layout, parameters, { sampled: true });
    const session = await ort.InferenceSession.create(parts["encoder-sampled"]!);
    expect([...session.inputNames].sort()).toEqual(["images", "noise"]);
    const { images } = someImages(COUNT, network.imageShape);

    // The same program with everything as an input.
    const scope = new Scope();
    const program = compileProgram(model.sampledEncoder!(scope, COUNT, "NHWC"));
    const dimensions = program.outputs.codes!.shape[1]!;
    const noise = Float32Array.from({ length: COUNT * dimensions }, (_, i) => Math.sin(3 * i + 1));
    const device = await nodeDevice("cpu", 1);
    const own = await device.open(program);
    const into = {
      codes: new Float32Array(COUNT * dimensions),
      mean: new Float32Array(COUNT * dimensions),
      rate_nats: new Float32Array(COUNT),
    };
    await own.run({ ...layout.views(parameters), images, "channel.noise": noise }, into);
    await own.release();

    const feeds = {
      images: new ort.Tensor("float32", images, [COUNT, ...network.imageShape]),
      noise: new ort.Tensor("float32", noise, [COUNT, dimensions]),
    };
    const results = await session.run(feeds);
    for (const [output, expected] of Object.entries(into)) {
      const size = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
      const found = results[output]!.data as Float32Array;
      expect(largestDifference(found, expected) / size, output).toBeLessThan(1e-5);
    }
    expect(largestDifference(into.codes, into.mean)).toBeGreaterThan(0.01);
    // A normal sample, before any flow, is its mean plus noise times its deviation.
    const encoder = await ort.InferenceSession.create(parts.encoder!);
    const { mean, log_variance: logVariance } = await encoder.run({ images: feeds.images });
    if (!logVariance) return;
    const codes = (mean!.data as Float32Array).map(
      (centre, i) => centre + Math.exp((logVariance.data as Float32Array)[i]! / 2) * noise[i]!,
    );
    expect(largestDifference(codes, into.codes)).toBeLessThan(1e-5);
  },
);

test("a channel whose noise is made of other images has no encoder that draws codes", () => {
  const { model, layout, parameters } = untrained(NETWORKS.Echo!);
  expect(model.sampledEncoder).toBeUndefined();
  expect(Object.keys(exportParts(model, layout, parameters, { sampled: true }))).toEqual([
    "encoder",
    "decoder",
  ]);
});
