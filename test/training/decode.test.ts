import * as ort from "onnxruntime-node";
import { afterAll, expect, test } from "vitest";
import { UserError } from "../../src/errors.js";
import { PhiloxStream } from "../../src/random/stream.js";
import { decodeCodes, sampleMarginal } from "../../src/training/decode.js";
import { exportParts } from "../../src/training/export.js";
import { tinyConfiguration, tinyTraining } from "./tiny.js";

const { experiment, device, trainer } = await tinyTraining(tinyConfiguration());
afterAll(() => trainer.release());
const { model, layout } = experiment;
const { parameters } = trainer.state;
const trained = { model, layout, parameters, seed: 3 };

test.each([1, 256, 300])("%i codes give the images that the exported decoder gives", async (count) => {
  const codes = { shape: [count, 2], data: Float64Array.from({ length: 2 * count }, (_, i) => Math.sin(i)) };
  const images = await decodeCodes(trained, device, codes);
  expect(images.shape).toEqual([count, 13, 13, 1]);
  const session = await ort.InferenceSession.create(exportParts(model, layout, parameters).decoder!);
  const code = new ort.Tensor("float32", Float32Array.from(codes.data), [count, 2]);
  const expected = (await session.run({ codes: code })).images!.data as Float32Array;
  const errors = expected.map((pixel, i) => Math.abs(pixel - images.data[i]!));
  expect(Math.max(...errors)).toBeLessThan(1e-5);
});

test("samples of a standard normal marginal are the numbers of their stream, batch by batch", async () => {
  const { shape, data } = await sampleMarginal(trained, device, 300);
  expect(shape).toEqual([300, 2]);
  const stream = new PhiloxStream(3, "prior samples marginal.sample");
  expect(data.subarray(0, 512)).toEqual(stream.fillNormal(new Float32Array(512)));
  expect(data.subarray(512)).toEqual(stream.restart(1).fillNormal(new Float32Array(88)));
});

test("no samples are refused", async () => {
  await expect(sampleMarginal(trained, device, 0)).rejects.toThrow(UserError);
});

test("the first samples of many are those of few; another seed gives others", async () => {
  const many = await sampleMarginal(trained, device, 12);
  const few = await sampleMarginal(trained, device, 5);
  expect(few.data).toEqual(many.data.subarray(0, 10));
  const other = await sampleMarginal({ ...trained, seed: 4 }, device, 5);
  expect(other.data).not.toEqual(few.data);
});

test.each([
  ["codes of another width", { shape: [2, 3], data: new Float32Array(6) }, /\[2, 3\].*\[codes, 2\]/],
  ["too few numbers", { shape: [2, 2], data: new Float32Array(3) }, /holds 3/],
  ["no codes", { shape: [0, 2], data: new Float32Array(0) }, /\[0, 2\]/],
])("%s are refused", async (_, codes, message) => {
  await expect(decodeCodes(trained, device, codes)).rejects.toThrow(UserError);
  await expect(decodeCodes(trained, device, codes)).rejects.toThrow(message);
});
