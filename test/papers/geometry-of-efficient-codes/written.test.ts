/** What a reproduction leaves behind, drawn from trainings of a blink: every file, whole, the same when asked again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { reproduction } from "../../../src/papers/geometry-of-efficient-codes/index.js";
import { executePlan, type PlanOutcome } from "../../../src/plans/execute.js";
import type { PlannedRun } from "../../../src/plans/plan.js";
import { chromiumPath, IN_A_BROWSER, reportAsSeen, VIEWS } from "../../browser.js";
import { TINY, tinyConfiguration } from "../../training/tiny.js";

const workerFile = pathToFileURL(join(import.meta.dirname, "../../../dist/plans/worker.js"));
const folder = mkdtempSync(join(tmpdir(), "narrows-written-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [runs, out] = [join(folder, "runs"), join(folder, "out")];

/** Of Baseline and E1M1 a run stands for each planned one; those of E2M1 failed. */
const prepared = reproduction.prepare(
  { preset: "quick", only: ["Baseline", "E1M1", "E2M1"], frozen: false },
  runs,
);
const nameOf = (planned: PlannedRun) => planned.runName.replace("-quick", "");
const outcomes: readonly PlanOutcome[] = prepared.plan.map((planned) =>
  planned.name.startsWith("E2M1")
    ? { planned, run: undefined, status: "failed", reason: "it broke" }
    : { planned, run: nameOf(planned), status: "finished" },
);
const write = () =>
  prepared.write(outcomes, {
    out,
    device: "cpu",
    threads: 1,
    force: false,
    command: "narrows reproduce geometry --only Baseline,E1M1,E2M1 --no-frozen",
    progress: () => undefined,
  });

/** Name, time and content of every file. */
const traces = () =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, time: statSync(path).mtimeMs, bytes: readFileSync(path, "base64") }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

beforeAll(async () => {
  const plan = outcomes
    .filter(({ status }) => status === "finished")
    .map(({ planned }, seed) => ({
      name: nameOf(planned),
      runName: nameOf(planned),
      configuration: tinyConfiguration({
        seed,
        model: {
          ...TINY.model,
          objective: { ...TINY.model.objective, capacity: planned.name.includes("0.3") ? 0.3 : 10 },
        },
      }),
    }));
  const trained = await executePlan(plan, { root: runs, workers: 1, workerFile });
  expect(trained.map(({ status }) => status)).toEqual(Array(4).fill("finished"));
  expect((await write()).written).toBe(true);
});

test("the report, the panels as SVG and PNG, and the numbers are written; what failed is named", () => {
  const document = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
  const panels = readdirSync(join(out, "panels"));
  // Of the Baseline and E1M1 A to L, two of Fig. 2 and of Fig. 3, and one of Fig. 1.
  expect(panels.filter((name) => name.endsWith(".svg"))).toHaveLength(12 + 2 + 2 + 1);
  expect(panels.filter((name) => name.endsWith(".png"))).toHaveLength(12 + 2 + 2 + 1);
  expect(document.files).toEqual(
    expect.arrayContaining(["report.html", "report.pdf", ...panels.map((name) => join("panels", name))]),
  );
  expect(document.models.map(({ status }: { status: string }) => status)).toEqual([
    ...Array(4).fill("finished"),
    ...Array(2).fill("failed"),
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
  expect((await write()).written).toBe(false);
  expect(traces()).toEqual(before);
  rmSync(join(out, "panels", "figure-04-e.svg"));
  writeFileSync(join(out, "report.html"), "<p>spoilt");
  expect((await write()).written).toBe(true);
  const bytes = (files: ReturnType<typeof traces>) => files.map(({ path, bytes }) => [path, bytes]);
  expect(bytes(traces())).toEqual(bytes(before));
});

describe.skipIf(!chromiumPath)(IN_A_BROWSER, () => {
  it.each(VIEWS)(
    "the report, $width pixels wide, $colorScheme, is silent, fits, and has every panel drawn",
    async (view) => {
      const seen = await reportAsSeen(join(out, "report.html"), view);
      expect(seen).toEqual({ noise: [], scrolls: false, drawn: 12 + 2 + 2 + 1 });
    },
  );
});
