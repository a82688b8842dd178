import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { writeCodes } from "../../src/data/codes/write.js";
import { UserError } from "../../src/errors.js";
import { placeInExperiment } from "../../src/import/import-run.js";
import type { NumericArray } from "../../src/numeric-array.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { isClassifierAlone, readLightningClassifier } from "../../src/torch/lightning-classifier.js";
import { evaluateRun } from "../../src/training/evaluate-run.js";
import { published } from "../geometry/published.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-import-classifier-"));
afterAll(() => rmSync(folder, { recursive: true }));

// All pairs of columns, the columns themselves the code.
const columns = Int32Array.from({ length: 338 }, (_, k) =>
  k % 2 === 0 ? Math.floor(k / 26) : ((k - 1) / 2) % 13,
);
const file = join(folder, "codes.csv");
writeCodes(file, {
  codes: { shape: [169, 2], data: Float32Array.from(columns) },
  labels: { shape: [169, 2], data: columns },
});
const configuration = (changes: object = {}) =>
  configurationSchema.parse({
    data: { codes: { file } },
    split: { train: [0, 100], validation: [0, 169], test: [0, 169] },
    model: { type: "classifier", heads: [{ name: "E2M1", task: "E2M1" }] },
    ...changes,
  });

const array = (shape: number[], data: number[]): NumericArray => ({ shape, data: Float32Array.from(data) });
/** 4 (xL - xU) + 2 as two linear layers: positive where xU <= xL. */
const tensors = new Map([
  ["clf.0.weight", array([2, 2], [-2, 0, 0, 2])],
  ["clf.0.bias", array([2], [1, 0])],
  ["clf.1.weight", array([1, 2], [2, 2])],
  ["clf.1.bias", array([1], [0])],
]);
const lightning = () => ({
  path: "x.ckpt",
  checkpoint: { tensors },
  model: readLightningClassifier(tensors, "x.ckpt"),
});

/** The one line of a refusal. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError && !error.message.includes("\n")) return error.message;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("a checkpoint of the authors' LatentClassifier", () => {
  it("answers here as its weights say", async () => {
    const imported = placeInExperiment(lightning(), configuration());
    const { model } = imported.experiment.configuration;
    expect(model.heads[0]!.network).toEqual({ type: "hidden", units: 2, slope: 1, dropout: 0 });
    const { tasks, loss } = await evaluateRun(imported, await nodeDevice("cpu", 1));
    expect(tasks.E2M1).toMatchObject({ accuracy: 1, f1: 1 });
    const expected = columns.reduce((sum, lower, k) => {
      if (k % 2 === 0) return sum;
      const upper = columns[k - 1]!;
      const odds = 4 * (lower - upper) + 2;
      return sum + Math.log1p(Math.exp(upper <= lower ? -odds : odds)) / 169;
    }, 0);
    expect(loss).toBeCloseTo(expected, 6);
  });

  it("needs a configuration of a classifier, of codes of its dimensions, and its classifier", () => {
    const autoencoder = configurationSchema.parse({});
    expect(refusal(() => placeInExperiment(lightning(), autoencoder))).toMatch(
      /^x\.ckpt: it is a classifier of codes alone, .* --config clf_only\.yaml/,
    );
    const other = configuration({ data: { codes: { file, dimensions: 5 } } });
    expect(refusal(() => placeInExperiment(lightning(), other))).toMatch(
      /^x\.ckpt: it classifies codes of 2 dimensions, and those of the configuration have 5\. /,
    );
    expect(refusal(() => placeInExperiment(lightning(), configuration(), false))).toMatch(/nothing remains/);
  });

  it.skipIf(published.missing).each([
    ["LatentClassifier_task0", 25],
    ["LatentClassifier_task1-3", 1],
  ])(`%s is understood, ${published.title}`, (key, outputs) => {
    const shapes = published.facts().state_dict[key] as [name: string, shape: number[]][];
    const zeros = new Map(
      shapes.map(([name, shape]) => {
        const size = shape.reduce((product, extent) => product * extent, 1);
        return [name.replace(/^model\./, ""), { shape, data: new Float32Array(size) }];
      }),
    );
    expect(isClassifierAlone(zeros)).toBe(true);
    const { dimensions, heads } = readLightningClassifier(zeros, "x.ckpt");
    expect(dimensions).toBe(5);
    expect(heads.map(({ network }) => network?.outputs)).toEqual([outputs]);
  });
});
