import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { modelResults } from "../../../src/papers/geometry-of-efficient-codes/measures/results.js";
import { modelPlan } from "../../../src/papers/geometry-of-efficient-codes/runs.js";
import { newManifest, writeManifest } from "../../../src/runs/manifest.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-results-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("results are the last validation of finished runs beside the published values; unfinished ones have none", () => {
  mkdirSync(join(folder, "a"));
  const line = (step: number, split: string, numbers: object) =>
    `${JSON.stringify({ step, epoch: 0, split, ...numbers })}\n`;
  const metrics = [
    line(1, "validation", { squaredErrorPerPixel: 0.9 }),
    line(2, "validation", {
      squaredErrorPerPixel: 0.0849,
      rateNats: 3.01,
      gapNats: 0.01,
      "tasks.E2M1.accuracy": 0.99,
      "tasks.E2M1.f1": 0.98,
      "tasks.E2M1.f1BatchMean": 0.97,
    }),
    line(3, "train", { squaredErrorPerPixel: 0.1 }),
  ];
  writeFileSync(join(folder, "a", "metrics.jsonl"), metrics.join(""));
  const versions = { narrows: "0.1.0", node: "20.19.0", onnxruntime: "1.30.0", platform: "linux-x64" };
  writeManifest(join(folder, "a"), newManifest("a", { configuration: {}, versions }));
  const plan = modelPlan({ models: ["E2M1"], capacitiesNats: [3, 2], seeds: 1, preset: "paper" });
  const results = modelResults(
    plan,
    new Map([
      [plan[0]!, { planned: plan[0]!, run: "a", status: "reused" }],
      [plan[1]!, { planned: plan[1]!, run: "a", status: "failed", reason: "it broke" }],
    ]),
    folder,
  );
  expect(results).toEqual([
    {
      model: "E2M1",
      capacityNats: 3,
      seed: 0,
      run: "a",
      status: "finished",
      reason: null,
      step: 2,
      squaredErrorPerPixel: 0.0849,
      publishedSquaredErrorPerPixel: 0.0842,
      rateNats: 3.01,
      gapNats: 0.01,
      tasks: [
        {
          head: "E2M1",
          task: "E2M1",
          accuracy: 0.99,
          f1: 0.98,
          f1BatchMean: 0.97,
          publishedF1BatchMean: 0.9958,
        },
      ],
    },
    expect.objectContaining({
      capacityNats: 2,
      status: "failed",
      reason: "it broke",
      squaredErrorPerPixel: null,
      publishedSquaredErrorPerPixel: null,
    }),
  ]);
});
