import { describe, expect, test } from "vitest";
import {
  type Experiment,
  experimentSchema,
  FIRST_EXPERIMENT,
  problemOfTask,
} from "../../src/lab/experiment.js";
import { linkOf, readLink } from "../../src/lab/link.js";

const weights = Array.from({ length: 169 }, (_, cell) => cell % 36);
const EXPERIMENTS: readonly Partial<Experiment>[] = [
  {},
  { limit: { kind: "capacity", nats: 0.3 }, frequencies: { kind: "lower" }, seed: 7 },
  { limit: { kind: "beta", beta: 0.01 }, channel: "echo", dimensions: 2, network: "paper" },
  { frequencies: { kind: "drawn", weights }, task: "xU + 1 > xL and not (xU == 3)" },
  { frequencies: { kind: "aligned" }, task: "E2M4" },
];

describe("the link", () => {
  test.each(EXPERIMENTS)("gives the experiment back: %j", (settings) => {
    const experiment = experimentSchema.parse({ ...FIRST_EXPERIMENT, ...settings });
    expect(readLink(`#${linkOf(experiment)}`)).toEqual({ experiment });
  });

  test("is short, and what it does not say is as at first", () => {
    expect(linkOf(FIRST_EXPERIMENT)).toBe("rate=3");
    expect(readLink("")).toEqual({ experiment: FIRST_EXPERIMENT });
    expect(readLink("#task=E2M3")).toEqual({ experiment: { ...FIRST_EXPERIMENT, task: "E2M3" } });
  });

  test.each([
    ["#rate=much", "rate"],
    ["#rate=", "rate"],
    ["#rate=-1", "rate"],
    ["#rate=3&beta=1", "both a rate and a beta"],
    ["#data=000", "data"],
    [`#data=${"0".repeat(169)}`, "every frequency is 0"],
    [`#data=${"A".repeat(169)}`, "data"],
    ["#task=xU%20%3C", "task"],
    ["#task=xU%20%3C%2099", "every stimulus is in one class"],
    ["#network=huge", "network"],
    ["#dimensions=2.5", "dimensions"],
    ["#colour=red", '"colour", which is no setting'],
  ])("%s is refused in one line", (link, says) => {
    const { experiment, problem } = readLink(link);
    expect(experiment).toBeUndefined();
    expect(problem).toContain(says);
    expect(problem).not.toContain("\n");
  });
});

test("a rule that cannot be read is refused with what is wrong", () => {
  expect(problemOfTask("E2M2")).toBeUndefined();
  expect(problemOfTask("xU <= xL or xL > 9")).toBeUndefined();
  expect(problemOfTask("toString")).toMatch(/./);
  expect(problemOfTask("xU <=")).toMatch(/./);
  expect(problemOfTask("alert(1)")).toMatch(/./);
  expect(problemOfTask("height > 2")).toContain("xU");
});
