import { expect, test } from "vitest";
import { stringify } from "yaml";
import { loadConfiguration } from "../../src/configuration/load.js";
import { surveyPlan } from "../../src/plans/execute.js";
import { parseGridAxis } from "../../src/sweeps/grid.js";
import { checkSweep, planSweep } from "../../src/sweeps/plan.js";
import { configurationFile } from "../configuration/files.js";
import { TINY } from "../training/tiny.js";

const planned = (grids: readonly string[], { seeds = 1, set = [] as readonly string[] } = {}) => {
  const path = configurationFile(stringify(TINY));
  return planSweep(
    { axes: grids.map(parseGridAxis), seeds },
    (overrides) => loadConfiguration(path, [...set, ...overrides]).configuration,
  );
};

test("every point with the first seed, then with the next, each a run of its own name", () => {
  const plan = planned(["objective.capacity=0.3,3", "channel.dimensions=2,4"], { seeds: 2, set: ["seed=5"] });
  expect(plan.map(({ runName }) => runName)).toEqual(
    [5, 6].flatMap((seed) =>
      ["c0.3-dimensions2", "c0.3-dimensions4", "c3-dimensions2", "c3-dimensions4"].map(
        (point) => `tiny-${point}-s${seed}`,
      ),
    ),
  );
  expect(plan[2]!.name).toBe("objective.capacity = 3, channel.dimensions = 2, seed 5");
  expect(plan[7]).toMatchObject({
    settings: { "objective.capacity": 3, "channel.dimensions": 4 },
    seed: 6,
    configuration: {
      seed: 6,
      model: { objective: { capacity: 3 }, channel: { dimensions: 4 } },
    },
  });
  // What executes plans agrees that they are different, and knows their steps.
  expect(surveyPlan(plan, "nowhere").map(({ totalSteps }) => totalSteps)).toEqual(Array(8).fill(33));
});

test("a part is named by its type; without a grid there is one point", () => {
  const [, bernoulli] = planned(["model.likelihood={type: mse},{type: bernoulli}"]);
  expect(bernoulli!.runName).toBe("tiny-bernoulli-s0");
  expect(planned(["likelihood.type=bernoulli"])[0]!.runName).toBe("tiny-bernoulli-s0");
  expect(planned([], { seeds: 3 }).map(({ runName }) => runName)).toEqual(["tiny-s0", "tiny-s1", "tiny-s2"]);
});

test("seeds may be a grid, but not twice", () => {
  expect(planned(["seed=3,9"]).map(({ seed, runName }) => [seed, runName])).toEqual([
    [3, "tiny-s3"],
    [9, "tiny-s9"],
  ]);
  expect(() => planned(["seed=3,9"], { seeds: 2 })).toThrow(/^--seeds 2: the seeds are also given by --grid/);
});

test("a grid gives no names: it names its runs itself", () => {
  expect(() => planned(["name=a,b"])).toThrow(
    /^--grid name: a grid names its runs itself, .*\. Give that name with --set name=NAME\.$/,
  );
});

test.each([
  [
    "objective.capacit=1",
    /--grid objective\.capacit=1: unknown key .*did you mean model\.objective\.capacity/,
  ],
  ["objektive.beta=1", /--grid objektive\.beta=1: unknown key objektive \(did you mean model\.objective/],
  ["objective.capacity=1,-1", /--grid objective\.capacity=-1: model\.objective\.capacity: -1 is too small/],
  ["objective.capacity=high", /--grid objective\.capacity="high": .*expected a number/],
])("%s is refused with the place and a suggestion", (grid, message) => {
  expect(() => planned([grid])).toThrow(message);
});

test("points that are the same training are refused, and so are too many", () => {
  expect(() => planned(["training.steps=5,null", "training.steps=5"])).toThrow(/two grids have this key/);
  expect(() => planned(["objective.gamma=300,null"])).not.toThrow();
  expect(() => planned(["objective.rateWeight=1,null"])).toThrow(/are the same training/);
  expect(() => planned(["objective.capacity=1,2"], { seeds: 5001 })).toThrow(/^--grid: these are 10002 runs/);
});

test("what cannot begin is found before anything is trained, and named", () => {
  expect(() => checkSweep(planned(["training.batchSize=16,9999"]))).toThrow(
    /^training\.batchSize = 9999, seed 0: training\.batchSize: a batch of 9999 is larger/,
  );
  expect(() => checkSweep(planned(["objective.capacity=1,2"], { seeds: 3 }))).not.toThrow();
});
