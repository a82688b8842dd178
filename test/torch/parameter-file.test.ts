import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { encodeSafetensors } from "../../src/files/safetensors-format.js";
import { sha256 as sumOf } from "../../src/files/sha256.js";
import { placeInExperiment, readLightningFile } from "../../src/import/import-run.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { readParameterFile } from "../../src/torch/parameter-file.js";
import { readTorchCheckpoint } from "../../src/torch/torch-checkpoint.js";

const FIXTURES = join(import.meta.dirname, "../import/fixtures");
const folder = mkdtempSync(join(tmpdir(), "narrows-parameter-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The heads of tiny-heads.ckpt, with the names that the authors' tasks have here. */
const heads = ["E2M4", "E2M3", "E2M1", "E2M2"].map((task) => ({ name: task, task }));
const configuration = configurationSchema.parse({
  data: { corridors: { samples: 2000 } },
  model: { heads },
  training: { batchSize: 8 },
});

function written(name: string, tensors: ReadonlyMap<string, NumericArray>): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat(encodeSafetensors(tensors)));
  return path;
}
const one = (...numbers: number[]): NumericArray => ({
  shape: [numbers.length],
  data: Float32Array.from(numbers),
});

describe("parameters in a file", () => {
  const checkpoint = join(FIXTURES, "tiny-heads.ckpt");
  const configured = configuration.model.heads;
  const { experiment, state } = placeInExperiment(readLightningFile(checkpoint), configuration);

  it("of the authors' classes have Narrows' names and shapes, and are what an import has", () => {
    const { parameters, sha256 } = readParameterFile(checkpoint, configured);
    expect(experiment.layout.misfits(parameters)).toEqual({ missing: [], misshapen: [], unknown: [] });
    expect(experiment.layout.flatten(parameters)).toEqual(state.parameters);
    expect(sha256).toBe(sumOf(readFileSync(checkpoint)));
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ["model.", "with Lightning's prefix"],
    ["", "without it"],
  ])("are the same in a safetensors file, %j before the names: %s", (prefix) => {
    const { tensors } = readTorchCheckpoint(checkpoint, { stripPrefix: "model." });
    const path = written("same.safetensors", new Map([...tensors].map(([name, t]) => [prefix + name, t])));
    expect(readParameterFile(path, configured).parameters).toEqual(
      readParameterFile(checkpoint, configured).parameters,
    );
  });

  it("under Narrows' names are taken as they are, without the optimizer's vectors", () => {
    const all = new Map([
      ["encoder.0.weight", one(1, 2)],
      ["optimizer.gradientSum.encoder.0.weight", one(3, 4)],
      ["optimizer.squareSum.encoder.0.weight", one(5, 6)],
    ]);
    const { parameters } = readParameterFile(written("own.safetensors", all), []);
    expect([...parameters]).toEqual([["encoder.0.weight", one(1, 2)]]);
  });

  it("are refused where one is not finite, comes twice, or is a classifier that is no head", () => {
    const nan = written("nan.safetensors", new Map([["encoder.0.bias", one(1, Number.NaN)]]));
    expect(() => readParameterFile(nan, [])).toThrow(/"encoder\.0\.bias" holds NaN or infinite numbers/);
    const pair = ["encoder.0.bias", "model.encoder.0.bias"].map((name) => [name, one(1)] as const);
    expect(() => readParameterFile(written("twice.safetensors", new Map(pair)), [])).toThrow(
      /two of its tensors are called "encoder\.0\.bias"/,
    );
    const { tensors } = readTorchCheckpoint(checkpoint, { stripPrefix: "model." });
    const strange = new Map(
      [...tensors].map(([name, t]) => [name.replace("clf_dict.3.1.", "clf_dict.3.2."), t]),
    );
    expect(() => readParameterFile(written("strange.safetensors", strange), configured)).toThrow(
      /it holds a classifier "clf_dict\.3", which is no head of the model/,
    );
    writeFileSync(join(folder, "text.pt"), "not a file of weights");
    expect(() => readParameterFile(join(folder, "text.pt"), [])).toThrow(/text\.pt: .*\. .*\.$/);
  });
});
