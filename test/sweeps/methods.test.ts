import { describe, expect, it } from "vitest";
import { drawRateDistortion, tradeCurves } from "../../src/run-figures/rate-distortion.js";
import { groupIntoMethods, measureRuns } from "../../src/sweeps/methods.js";
import { tradeOf } from "../../src/sweeps/trade.js";
import { configurationOfRun } from "../../src/training/trained-run.js";
import { temporaryFolder } from "../runs/temporary-folder.js";
import { type MadeUp, madeUpRun } from "./measured-runs.js";

const nats = { type: "bernoulli" };
const beta = (value: number) => ({ type: "beta", beta: value });

/** Runs by name, each as it is described. */
function runsOf(made: Record<string, MadeUp>) {
  const root = temporaryFolder();
  return Object.entries(made).map(([name, one]) => madeUpRun(root, name, one));
}

const methodsOf = (made: Record<string, MadeUp>, by?: string) =>
  groupIntoMethods(measureRuns(runsOf(made)), by);

describe("the trade of a run", () => {
  it("is its newest evaluation on the validation rows", () => {
    const [run] = runsOf({
      a: {
        evaluations: [
          [1, 0.4],
          [2, 0.3],
        ],
        more: { rateEstimator: "exact" },
      },
    });
    expect(tradeOf(run!, configurationOfRun(run!))).toMatchObject({
      step: 2,
      rateNats: 2,
      distortion: 0.3,
      rateEstimator: "exact",
      negativeElboNats: undefined,
    });
  });

  it("has a sum where the distortion is in nats per image", () => {
    const [run, mean] = runsOf({
      a: { model: { likelihood: nats }, evaluations: [[20, 70]] },
      b: { model: { likelihood: { ...nats, pixels: "mean" } }, evaluations: [[20, 70]] },
    });
    expect(tradeOf(run!, configurationOfRun(run!))!.negativeElboNats).toBe(90);
    expect(tradeOf(mean!, configurationOfRun(mean!))!.negativeElboNats).toBeUndefined();
  });
});

describe("methods", () => {
  it("are runs of the same parts; their points are means over seeds, by rising rate", () => {
    const [method, ...others] = methodsOf({
      a: { model: { objective: beta(1) }, evaluations: [[6, 0.2]] },
      b: { model: { objective: beta(4) }, evaluations: [[2, 0.4]] },
      c: { model: { objective: beta(1) }, seed: 1, evaluations: [[8, 0.1]] },
    });
    expect(others).toEqual([]);
    expect(method).toMatchObject({ name: "gaussian", lowRateLimitNats: undefined });
    const result = method!.points.map(({ label, runs }) => [label, runs.map(({ run }) => run.name)]);
    expect(result).toEqual([
      ["beta = 4", ["b"]],
      ["beta = 1", ["a", "c"]],
    ]);
    expect(tradeCurves([method!]).methods[0]!.points[1]).toEqual({
      label: "beta = 1",
      rateNats: [6, 8],
      distortion: [0.2, 0.1],
    });
  });

  it("are told apart by a setting where one is named, with or without its model", () => {
    const made = {
      a: { model: { objective: beta(1) } },
      b: { model: { channel: { type: "gaussian", dimensions: 4 } } },
    };
    expect(methodsOf(made).map(({ name }) => name)).toEqual(["gaussian"]);
    expect(methodsOf(made, "objective.type").map(({ name }) => name)).toEqual(["beta", "capacity"]);
    expect(methodsOf(made, "model.channel.dimensions").map(({ name }) => name)).toEqual([
      "dimensions = 2",
      "dimensions = 4",
    ]);
    expect(methodsOf(made, "name").map(({ name }) => name)).toEqual(["tiny"]);
    expect(() => methodsOf(made, "objective.typ")).toThrow(
      /^--by objective\.typ: no run has such a setting \(did you mean objective\.type\?\)/,
    );
  });

  it.each([
    ["data", { a: {}, b: { seed: 1, fingerprint: "g" } }, /b: it was trained on other data than a\./],
    [
      "units",
      { a: {}, b: { model: { likelihood: nats } } },
      /b: its distortion is in another unit \(nats per image\) than a\./,
    ],
    ["one training twice", { a: {}, b: {} }, /b: it is the same training as a, seed included/],
    ["a run without an evaluation", { a: { evaluations: [] } }, /a: nothing was measured/],
  ] as [string, Record<string, MadeUp>, RegExp][])("refuse %s", (_, made, message) => {
    expect(() => methodsOf(made)).toThrow(message);
  });
});

describe("the figure of methods", () => {
  it("names the distortion with its unit", () => {
    const figure = drawRateDistortion(methodsOf({ a: { model: { likelihood: nats } } }));
    expect(JSON.stringify(figure.spec)).toContain("distortion (nats per image)");
  });

  it("draws the position distortion of Corridors over its bound, which no model passes", () => {
    const corridors = { samples: 400, size: 5 };
    const made = { a: { corridors, evaluations: [[1, 0.2]], more: { positionDistortion: 0.07 } } } as const;
    const figure = drawRateDistortion(methodsOf(made), { bound: true });
    const [measured] = figure.table.rows;
    expect(measured!.slice(3, 7)).toEqual([1, 1, 1, 0.07]);
    const bound = figure.table.rows.filter(([, kind]) => kind === "bound");
    expect(bound.length).toBeGreaterThan(20);
    for (const row of bound) expect(row[8] as number).toBeGreaterThanOrEqual(row[7] as number);
  });

  it("refuses a bound where positions were not measured, and a sum where there is none", () => {
    const methods = methodsOf({ a: {} });
    expect(() => drawRateDistortion(methods, { bound: true })).toThrow(/a: its position distortion was not/);
    expect(() => drawRateDistortion(methods, { negativeElbosNats: [90] })).toThrow(/^--elbo 90: .*no sum/);
  });
});
