import { expect, test } from "vitest";
import { headMetrics } from "../../src/runs/head-metrics.js";

const line = { step: 3, epoch: 0, split: "validation", rateNats: 1 };

test("flat names become heads; what was not finite or is missing is null", () => {
  const heads = { "headLosses.a-b": 0.5, "tasks.a-b.accuracy": 0.9, "tasks.a-b.f1": null };
  expect(headMetrics({ ...line, ...heads })).toEqual({
    headLosses: { "a-b": 0.5 },
    tasks: { "a-b": { accuracy: 0.9, f1: null, f1BatchMean: null } },
  });
});

test("without heads there are none", () => {
  expect(headMetrics(line)).toEqual({ headLosses: {}, tasks: {} });
});
