/** ONNX models from strangers: features, or one line. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asTable } from "../../src/features/features.js";
import { onnxFeatures } from "../../src/features/onnx-features.js";
import { Scope } from "../../src/nn/scope.js";
import { compileProgram } from "../../src/onnx/compile.js";
import { multiply } from "../../src/tensor/operations/elementwise.js";
import { reshape } from "../../src/tensor/operations/layout.js";
import { folderWith } from "../data/files.js";
import { damagedFiles, readsOrRefusesLater } from "../support/fuzz.js";

const images = asTable({ shape: [3], data: new Float32Array(3 * 16).fill(0.5) }, [4, 4, 1]);

test("ONNX models", async () => {
  const program = (batch: number) => ({
    doubled: reshape(multiply(new Scope().batch("pixels", [batch, 4, 4, 1]), 2), [batch, 16]),
  });
  const model = compileProgram(program(1), { openBatch: program(2) }).bytes;
  const folder = folderWith({});
  let files = 0;
  let refused = 0;
  for (const file of [model, ...damagedFiles([model], 300, "onnx")]) {
    const path = join(folder, `${files++}.onnx`);
    writeFileSync(path, file);
    const isRefused = await readsOrRefusesLater(async () => {
      const features = await onnxFeatures(path, { threads: 1 });
      try {
        const { shape, data } = await features.of(images);
        expect([shape[0], data.length]).toEqual([3, 3 * shape[1]!]);
      } finally {
        await features.release();
      }
    });
    if (file === model) expect(isRefused).toBe(false);
    refused += Number(isRefused);
  }
  expect(refused).toBeGreaterThan(100);
});
