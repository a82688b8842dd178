import { expect, test } from "vitest";
import { newManifest } from "../../src/runs/manifest-text.js";
import { parseSort, sortRuns } from "../../src/runs/query/sort.js";
import { meets, parseWhere } from "../../src/runs/query/where.js";
import type { SummarizedRun } from "../../src/runs/summary.js";

const versions = { narrows: "0.1.0", node: "20", onnxruntime: "1.30", platform: "linux-x64" };

/** A run as a list has it, with a rate where it was evaluated. */
function run(name: string, rateNats?: number, capacity?: number, tags: string[] = []): SummarizedRun {
  const model = {
    objective: capacity === undefined ? { type: "beta", beta: 4 } : { type: "capacity", capacity },
  };
  const configuration = { name: "base line", seed: 7, model, training: { epochs: 2 } };
  const manifest = newManifest(name, { configuration, seed: 7, device: "cpu", versions });
  const validation =
    rateNats === undefined
      ? undefined
      : ({ step: 5, epoch: 0, split: "validation", rateNats, headLosses: {}, tasks: {} } as const);
  return {
    name,
    path: `/runs/${name}`,
    manifest: { ...manifest, status: "finished", startedAt: "2026-11-28T12:00:00.000Z" },
    summary: {
      step: 10,
      totalSteps: 20,
      epoch: 1,
      epochs: 2,
      validation,
      damagedLines: 0,
      misfit: undefined,
    },
    tags,
  };
}

const RUNS = [run("a-2", 0.4, 0.3, ["paper"]), run("a-10", 9.8, 10, ["paper", "wide"]), run("b")];

const chosen = (where: string) => RUNS.filter((one) => meets(one, parseWhere(where))).map(({ name }) => name);

test.each([
  ["rate<1", ["a-2"]],
  ["rate>=0.4", ["a-2", "a-10"]],
  ["rate < 1 status = finished", ["a-2"]],
  ["status=finished and rate>1", ["a-10"]],
  ["rate=none", ["b"]],
  ["rate!=none", ["a-2", "a-10"]],
  ["rate!=0.4", ["a-10", "b"]],
  ["objective.capacity=0.30", ["a-2"]],
  ["model.objective.capacity>1", ["a-10"]],
  ["objective=beta", ["b"]],
  ["model=autoencoder objective!=beta", ["a-2", "a-10"]],
  ["tag=paper", ["a-2", "a-10"]],
  ["tags!=wide", ["a-2", "b"]],
  ["tag=none", ["b"]],
  ["tag~WID", ["a-10"]],
  ["run~A-", ["a-2", "a-10"]],
  ['name="base line" seed=7 run=b', ["b"]],
  ["name='base line' training.epochs<=2 rate>5", ["a-10"]],
  ["rateNats<1", ["a-2"]],
  ["started>2026-11-27 started<2026-11-30 run=b", ["b"]],
  ["started>=2026-11-28T12:00Z run=b", ["b"]],
  ["device=none", []],
  ["gap>-1", []],
])("%s", (where, expected) => {
  expect(chosen(where)).toEqual(expected);
});

test.each([
  ["rate", /expected KEY, one of .* at "rate"/],
  ["rate<", /at "rate<"/],
  ["status=finished rate<<1", /at "rate<<1"/],
  ["=3", /at "=3"/],
  ["status==finished", /at "status==finished"/],
  ['run="open', /at "run=/],
  ["rate<high", /expected a number after <, found "high"/],
  ["status>finished", /expected a number after >.*compare words with =/],
  ["started>yesterday", /expected a time after >.*2026-11-29/],
])("%s is refused with what would be right", (where, message) => {
  expect(() => parseWhere(where)).toThrow(message);
});

test("sorted by numbers and by words, downwards with a minus, what has nothing last", () => {
  const order = (keys: string) => sortRuns(RUNS, parseSort(keys)).map(({ name }) => name);
  expect(order("rate")).toEqual(["a-2", "a-10", "b"]);
  expect(order("-rate")).toEqual(["a-10", "a-2", "b"]);
  expect(order("-run")).toEqual(["b", "a-10", "a-2"]);
  expect(order("objective,-rate")).toEqual(["b", "a-10", "a-2"]);
  expect(order("-tags")).toEqual(["a-10", "a-2", "b"]);
});
