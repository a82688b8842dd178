import { describe, expect, test } from "vitest";
import {
  judgeStatements,
  STATEMENTS,
} from "../../../../src/papers/geometry-of-efficient-codes/statements/index.js";
import { RECONSTRUCTION_STATEMENTS } from "../../../../src/papers/geometry-of-efficient-codes/statements/reconstruction.js";
import { TASK_STATEMENTS } from "../../../../src/papers/geometry-of-efficient-codes/statements/tasks.js";
import { type Changes, resultsAsPublished } from "../results-as-published.js";

const judged = (evidence: ReturnType<typeof resultsAsPublished>) =>
  new Map(judgeStatements(evidence).map((claim) => [claim.id, claim]));

const OF_RESULTS = [...RECONSTRUCTION_STATEMENTS, ...TASK_STATEMENTS].map(({ id }) => id);

/** For each statement, results as published but for what makes it fail. */
const COUNTEREXAMPLES: Readonly<Record<string, Changes>> = {
  "error-falls-with-capacity": { mse: (x, model, c) => (model === "E1M2" && c === 10 ? 0.06 : x) },
  "baseline-lowest-at-3": { mse: (x, model, c) => (model === "E1M1" && c === 3 ? 0.0736 : x) },
  "hybrids-lose-more-at-3": { mse: (x, model, c) => (model === "E2M2" && c === 3 ? 0.0736 : x) },
  "four-tasks-cost-most": { mse: (x, model, c) => (model === "E2M4" && c === 6 ? 0.074 : x) },
  "cost-of-tasks-vanishes": { mse: (x, model, c) => (model === "E2M1" && c === 10 ? 0.0533 + 0.006 : x) },
  "positions-and-more-at-10": { mse: (x, model, c) => (model === "E1M2" && c === 10 ? 0.0547 : x) },
  "e2m3-gives-up-reconstruction": { mse: (x, model, c) => (model === "E2M3" && c === 0.3 ? 0.155 : x) },
  "figure-3-points": { mse: (x, model, c) => (model === "E2M5" && c === 0.3 ? x - 0.0081 : x) },
  "figure-3-mean": { mse: (x) => x + 0.0031 },
  "e2m3-unsolvable-frozen": {
    frozen: (x, model, task, c) => (model === "Baseline" && task === "E2M3" && c === 10 ? 0.06 : x),
  },
  "e2m3-solved-jointly": { joint: (x, model, _, c) => (model === "E2M3" && c === 1 ? 0.74 : x) },
  "e2m1-e2m2-solved-jointly": { joint: (x, model, _, c) => (model === "E2M2" && c === 10 ? 0.96 : x) },
  "joint-beats-frozen": { joint: (x, model, _, c) => (model === "E2M4" && c === 6 ? 0.61 : x) },
  "four-tasks-compete": {
    joint: (x, model, task, c) => (model === "E2M5" && task === "E2M1" && c === 3 ? 1 : x),
  },
  "e2m3-waits-among-four": {
    joint: (x, model, task, c) => (model === "E2M5" && task === "E2M3" && c === 1 ? 0.3 : x),
  },
  "transfer-is-lower": { frozen: (x, model, task) => (model === "E2M3" && task === "E2M4" ? x + 0.3 : x) },
  "e2m3-does-not-transfer": {
    frozen: (x, model, task, c) => (model === "E2M4" && task === "E2M3" && c === 6 ? 0.1 : x),
  },
};

describe("statements about results", () => {
  test("each has a counterexample below", () => {
    expect(Object.keys(COUNTEREXAMPLES).sort()).toEqual([...OF_RESULTS].sort());
    expect(new Set(STATEMENTS.map(({ id }) => id)).size).toBe(STATEMENTS.length);
  });

  const asPublished = judged(resultsAsPublished());
  test.each(OF_RESULTS)("%s holds of the published numbers, and fails of its counterexample", (id) => {
    const holds = asPublished.get(id)!;
    expect(holds).toMatchObject({ verdict: "holds", missing: [], seeds: { tested: 1, holding: 1 } });
    expect(holds.numbers.length).toBeGreaterThan(0);
    for (const { value, published } of holds.numbers) {
      expect(Number.isFinite(value)).toBe(true);
      if (published !== undefined) expect(value).toBeCloseTo(published, 10);
    }
    const fails = judged(resultsAsPublished(COUNTEREXAMPLES[id])).get(id)!;
    expect(fails).toMatchObject({ verdict: "fails", missing: [], seeds: { tested: 1, holding: 0 } });
  });

  test("extremes are told with their place, and published counts are those of the published numbers", () => {
    const far = judged(resultsAsPublished(COUNTEREXAMPLES["figure-3-points"])).get("figure-3-points")!;
    expect(far.numbers).toEqual([
      {
        label: "furthest point (E2M5 at 0.3 nats)",
        value: expect.closeTo(0.0081, 10),
        unit: "squared error per pixel",
      },
      { label: "points beyond the tolerance", value: 1 },
    ]);
    const transfers = asPublished.get("transfer-is-lower")!.numbers.at(-1)!;
    expect(transfers).toMatchObject({ label: "points of 60 that are lower", published: transfers.value });
  });
});

describe("several seeds", () => {
  const bad: Changes = { mse: (x, model, c) => (model === "E1M1" && c === 3 ? x - 0.001 : x) };
  const good: Changes = { mse: (x, model, c) => (model === "E1M1" && c === 3 ? x + 0.002 : x) };
  const over = (...changes: Changes[]) => {
    const all = changes.map((change, seed) => resultsAsPublished(change, seed));
    return judged({
      models: all.flatMap(({ models }) => models),
      frozen: all.flatMap(({ frozen }) => frozen),
    });
  };

  test("the mean over seeds decides, and the seeds in which it holds are counted", () => {
    const claim = over(bad, good, good).get("baseline-lowest-at-3")!;
    expect(claim).toMatchObject({ verdict: "holds", seeds: { tested: 3, holding: 2 } });
    expect(claim.numbers.find(({ label }) => label.startsWith("E1M1"))!.value).toBeCloseTo(
      0.0744 + 0.001,
      10,
    );
    expect(over(good, bad, bad).get("baseline-lowest-at-3")).toMatchObject({
      verdict: "holds",
      seeds: { tested: 3, holding: 1 },
    });
    expect(over(bad, bad).get("baseline-lowest-at-3")).toMatchObject({
      verdict: "fails",
      seeds: { tested: 2, holding: 0 },
    });
  });

  test("a seed that lacks a run is not counted, and the mean is over those that have it", () => {
    const [whole, part] = [resultsAsPublished({}, 0), resultsAsPublished(bad, 1)];
    const models = [...whole.models, ...part.models.filter(({ model }) => model !== "E2M4")];
    expect(judged({ models, frozen: [] }).get("hybrids-lose-more-at-3")).toMatchObject({
      verdict: "holds",
      seeds: { tested: 1, holding: 1 },
    });
  });
});

describe("what was not trained", () => {
  test("nothing at all: no verdict, and everything that is missing is named", () => {
    for (const claim of judgeStatements({ models: [], frozen: [] })) {
      expect(claim).toMatchObject({ verdict: "not tested", numbers: [], seeds: { tested: 0, holding: 0 } });
      expect(claim.missing.length).toBeGreaterThan(0);
    }
  });

  test("one run that failed: the statements that speak of it are not tested, the others are", () => {
    const { models, frozen } = resultsAsPublished();
    const failed = models.map((result) =>
      result.model === "E2M3" && result.capacityNats === 6
        ? { ...result, status: "failed" as const, squaredErrorPerPixel: null }
        : result,
    );
    const claims = judged({ models: failed, frozen });
    expect(claims.get("e2m3-solved-jointly")).toMatchObject({
      verdict: "not tested",
      missing: ["E2M3 at 6 nats"],
    });
    expect(claims.get("error-falls-with-capacity")).toMatchObject({
      verdict: "not tested",
      missing: ["E2M3 at 6 nats"],
    });
    expect(claims.get("baseline-lowest-at-3")).toMatchObject({ verdict: "holds", missing: [] });
    expect(claims.get("e2m3-unsolvable-frozen")).toMatchObject({ verdict: "holds" });
  });

  test("classifiers on frozen codes that are not there are named", () => {
    const { models, frozen } = resultsAsPublished();
    const claims = judged({ models, frozen: frozen.filter(({ model }) => model !== "Baseline") });
    expect(claims.get("e2m3-unsolvable-frozen")!.missing[0]).toBe(
      "a classifier for E2M3 on the frozen code of Baseline at 0.3 nats",
    );
    expect(claims.get("transfer-is-lower")!.verdict).toBe("holds");
  });
});
