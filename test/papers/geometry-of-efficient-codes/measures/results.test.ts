import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { geometryResults } from "../../../../src/papers/geometry-of-efficient-codes/measures/results.js";
import { PRESETS } from "../../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { frozenPlan, modelPlan } from "../../../../src/papers/geometry-of-efficient-codes/runs.js";
import type { PlanOutcome } from "../../../../src/plans/execute.js";
import { measuringOf } from "../../../../src/reproduction/measured-once.js";
import { writeManifest } from "../../../../src/runs/manifest.js";
import { newManifest } from "../../../../src/runs/manifest-text.js";

const folder = mkdtempSync(join(tmpdir(), "narrows-results-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const measuringIn = (runs: string, outcomes: readonly PlanOutcome[]) =>
  measuringOf(new Map(outcomes.map((outcome) => [outcome.planned, outcome])), {
    runs,
    measured: "none",
    device: () => Promise.reject(new Error("nothing is computed here")),
    version: "0",
  });

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
  const plan = modelPlan({ ...PRESETS.paper, only: ["E2M1"], capacities: [3, 2] });
  const { models } = geometryResults(
    plan,
    measuringIn(folder, [
      { planned: plan[0]!, run: "a", status: "reused" },
      { planned: plan[1]!, run: "a", status: "failed", reason: "it broke" },
    ]),
  );
  expect(models).toEqual([
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

test("results of runs that are not begun have published values and no others", () => {
  const frozen = frozenPlan(modelPlan({ ...PRESETS.paper, only: ["E2M3"] }), "runs").slice(0, 1);
  const waiting = frozen.map((planned) => ({ planned, run: undefined, status: "waiting" as const }));
  expect(geometryResults(frozen, measuringIn("runs", waiting)).frozen).toEqual([
    {
      model: "E2M3",
      capacityNats: 0.3,
      seed: 0,
      run: null,
      status: "waiting",
      reason: null,
      tasks: [
        {
          head: "E2M1",
          task: "E2M1",
          accuracy: null,
          f1: null,
          f1BatchMean: null,
          publishedF1BatchMean: 0.6245,
        },
        {
          head: "E2M2",
          task: "E2M2",
          accuracy: null,
          f1: null,
          f1BatchMean: null,
          publishedF1BatchMean: 0.8565,
        },
        {
          head: "E2M4",
          task: "E2M4",
          accuracy: null,
          f1: null,
          f1BatchMean: null,
          publishedF1BatchMean: 0.0366,
        },
      ],
    },
  ]);
});
