/** What a reproduction leaves behind, drawn from trainings of a blink: every file, whole, the same when asked again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { writeReproduction } from "../../src/cli/write-reproduction.js";
import type { ModelName } from "../../src/papers/geometry-of-efficient-codes/recipe.js";
import type { TrainedResults } from "../../src/papers/geometry-of-efficient-codes/reproduction.js";
import { executePlan } from "../../src/plans/execute.js";
import { chromiumPath, IN_A_BROWSER, reportAsSeen, VIEWS } from "../browser.js";
import { TINY, tinyConfiguration } from "../training/tiny.js";

const workerFile = pathToFileURL(join(import.meta.dirname, "../../dist/plans/worker.js"));
const folder = mkdtempSync(join(tmpdir(), "narrows-written-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [runs, out] = [join(folder, "runs"), join(folder, "out")];
const options = { runs, out, quiet: true, command: "narrows reproduce geometry --only Baseline,E1M1" };

const MODELS = (["Baseline", "E1M1"] as const).flatMap((model) =>
  [0.3, 10].map((capacityNats) => ({ model, capacityNats, run: `${model}-${capacityNats}` })),
);

const unfinished = (model: ModelName, capacityNats: number) =>
  ({
    model,
    capacityNats,
    seed: 0,
    run: null,
    status: "failed",
    reason: "it broke",
    step: null,
    squaredErrorPerPixel: null,
    publishedSquaredErrorPerPixel: null,
    rateNats: null,
    gapNats: null,
    tasks: [],
  }) as const;

const results: TrainedResults = {
  preset: "quick",
  heads: "published",
  models: [
    ...MODELS.map(({ model, capacityNats, run }) => ({
      ...unfinished(model, capacityNats),
      run,
      status: "finished" as const,
      reason: null,
      step: 33,
      squaredErrorPerPixel: 0.15,
      publishedSquaredErrorPerPixel: 0.14,
      rateNats: capacityNats,
      gapNats: 0,
    })),
    unfinished("E2M1", 0.3),
  ],
  frozen: [],
};

/** Name, time and content of every file. */
const traces = () =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, time: statSync(path).mtimeMs, bytes: readFileSync(path, "base64") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

beforeAll(async () => {
  const plan = MODELS.map(({ capacityNats, run }, seed) => ({
    name: run,
    runName: run,
    configuration: tinyConfiguration({
      seed,
      model: { ...TINY.model, objective: { ...TINY.model.objective, capacity: capacityNats } },
    }),
  }));
  const outcomes = await executePlan(plan, { root: runs, workers: 1, workerFile });
  expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill("finished"));
  const { written } = await writeReproduction(results, options);
  expect(written).toBe(true);
});

test("the report, the panels as SVG and PNG, and the numbers are written; what failed is named", () => {
  const document = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
  const panels = readdirSync(join(out, "panels"));
  // Of the Baseline A to E, of E1M1 A to F, and two of Fig. 3.
  expect(panels.filter((name) => name.endsWith(".svg"))).toHaveLength(5 + 6 + 2);
  expect(panels.filter((name) => name.endsWith(".png"))).toHaveLength(5 + 6 + 2);
  expect(document.files).toEqual(
    expect.arrayContaining(["report.html", "report.pdf", ...panels.map((name) => join("panels", name))]),
  );
  expect(document.models.map(({ status }: { status: string }) => status)).toEqual([
    ...Array(4).fill("finished"),
    "failed",
  ]);
  expect(document.indices.rows).toHaveLength(2);
  expect(document.claims.find(({ id }: { id: string }) => id === "baseline-two-channels").verdict).toMatch(
    /holds|fails/,
  );
  expect(readFileSync(join(out, "report.pdf"), "latin1")).toMatch(/^%PDF-/);
  expect(readFileSync(join(out, "report.html"), "utf8")).toContain("E2M1");
});

test("asked again it changes nothing; what is lost or spoilt is written anew", async () => {
  const before = traces();
  expect((await writeReproduction(results, options)).written).toBe(false);
  expect(traces()).toEqual(before);
  rmSync(join(out, "panels", "figure-05-e.svg"));
  writeFileSync(join(out, "report.html"), "<p>spoilt");
  expect((await writeReproduction(results, options)).written).toBe(true);
  const bytes = (files: ReturnType<typeof traces>) => files.map(({ path, bytes }) => [path, bytes]);
  expect(bytes(traces())).toEqual(bytes(before));
});

describe.skipIf(!chromiumPath)(IN_A_BROWSER, () => {
  it.each(VIEWS)(
    "the report, $width pixels wide, $colorScheme, is silent, fits, and has every panel drawn",
    async (view) => {
      const seen = await reportAsSeen(join(out, "report.html"), view);
      expect(seen).toEqual({ noise: [], scrolls: false, drawn: 5 + 6 + 2 });
    },
  );
});
