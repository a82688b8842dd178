import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { resizeBilinear } from "../../src/data/images/bilinear.js";
import { asTable, classifierFeatures } from "../../src/features/features.js";
import { onnxFeatures } from "../../src/features/onnx-features.js";
import { Scope } from "../../src/nn/scope.js";
import { compileProgram } from "../../src/onnx/compile.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { multiply } from "../../src/tensor/operations/elementwise.js";
import { reshape } from "../../src/tensor/operations/layout.js";
import { sizeOf } from "../../src/tensor/shape.js";
import { prepareExperiment, requireClassifier } from "../../src/training/experiment.js";
import { exportParts } from "../../src/training/export.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-features-"));
afterAll(() => rmSync(folder, { recursive: true }));

const configuration = configurationSchema.parse({
  data: { corridors: { samples: 200 } },
  model: {
    type: "classifier",
    encoder: { type: "convolutional", layers: [{ channels: 4, kernel: 4 }], dense: [6] },
    heads: [{ name: "upper", task: "xU", network: { type: "linear" } }],
  },
});

/** Grey images of random bytes. */
function bytes(count: number, side: number): Uint8Array {
  return Uint8Array.from({ length: count * side * side }, (_, k) => (k * 7919) % 256);
}

/** A model that puts out twice its images, flattened. */
function doubling(name: string, shape: readonly [number, number, number]): string {
  const program = (batch: number) => ({
    doubled: reshape(multiply(new Scope().batch("pixels", [batch, ...shape]), 2), [batch, sizeOf(shape)]),
  });
  const file = join(folder, name);
  writeFileSync(file, compileProgram(program(1), { openBatch: program(2) }).bytes);
  return file;
}

describe("features of an ONNX model", () => {
  test("an exported classifier gives what it gives here", async () => {
    const { model, layout } = requireClassifier(prepareExperiment(configuration), "test");
    const parameters = layout.initialise(0);
    const file = join(folder, "features.onnx");
    writeFileSync(file, exportParts(model, layout, parameters).features!);
    const given = bytes(40, 13);
    const table = asTable(
      { shape: [40], data: Float32Array.from(given, (value) => value / 255) },
      [13, 13, 1],
    );
    const device = await nodeDevice("cpu", 1);
    const here = classifierFeatures({ model, layout, parameters, seed: 0 }, device, "eyes");
    const there = await onnxFeatures(file, { threads: 1 });
    const [a, b] = [await here.of(table), await there.of(table)];
    await there.release();
    expect(b.shape).toEqual([40, 6]);
    a.data.forEach((value, k) => {
      expect(b.data[k]).toBeCloseTo(value, 5);
    });
    expect(here.about).toMatch(/run eyes/);
    expect(there.about).toMatch(/output features of .*features\.onnx/);
  });

  test("images are brought to its size and range, and a grey one stands in all channels, first or last", async () => {
    const given = bytes(3, 8);
    const small = resizeBilinear(given, 3, [8, 8, 1], [4, 4]);
    const table = asTable({ shape: [3], data: Float32Array.from(given, (value) => value / 255) }, [8, 8, 1]);
    const first = await onnxFeatures(doubling("first.onnx", [3, 4, 4]), { range: [-1, 1], threads: 1 });
    const last = await onnxFeatures(doubling("last.onnx", [4, 4, 3]), { threads: 1 });
    const [a, b] = [await first.of(table), await last.of(table)];
    for (const features of [first, last]) await features.release();
    expect(a.shape).toEqual([3, 48]);
    for (let image = 0; image < 3; image++) {
      for (let place = 0; place < 16; place++) {
        const pixel = small[image * 16 + place]! / 255;
        for (let channel = 0; channel < 3; channel++) {
          expect(a.data[image * 48 + channel * 16 + place]).toBeCloseTo(2 * (2 * pixel - 1), 5);
          expect(b.data[image * 48 + place * 3 + channel]).toBeCloseTo(2 * pixel, 5);
        }
      }
    }
  });

  test("what is no such model is refused in one line", async () => {
    const file = join(folder, "rubbish.onnx");
    writeFileSync(file, "rubbish");
    await expect(onnxFeatures(file)).rejects.toThrow(/rubbish\.onnx: ONNX Runtime cannot open this model/);
    const flat = join(folder, "flat.onnx");
    const program = (batch: number) => ({ code2: multiply(new Scope().batch("code", [batch, 5]), 2) });
    writeFileSync(flat, compileProgram(program(1), { openBatch: program(2) }).bytes);
    await expect(onnxFeatures(flat)).rejects.toThrow(
      /flat\.onnx: it takes code \[.*5\], not one batch of images/,
    );
    const file2 = doubling("output.onnx", [1, 4, 4]);
    await expect(onnxFeatures(file2, { output: "logits" })).rejects.toThrow(
      /has no output logits.*Name one of doubled/,
    );
    const colour = asTable({ shape: [1], data: new Float32Array(48) }, [4, 4, 3]);
    const grey = await onnxFeatures(file2);
    await expect(grey.of(colour)).rejects.toThrow(/takes images of 1 channels, and these have 3/);
    await grey.release();
  });
});
