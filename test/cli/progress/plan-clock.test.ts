import { expect, test } from "vitest";
import { PlanClock } from "../../../src/cli/progress/plan-clock.js";
import { configurationSchema } from "../../../src/configuration/schema.js";

const run = (name: string) => ({ name, runName: name, configuration: configurationSchema.parse({}) });
const [done, half, fresh, unknown] = ["done", "half", "fresh", "unknown"].map(run);
const entry = { run: undefined, finished: false, step: 0 };
const entries = [
  { ...entry, planned: done!, finished: true, totalSteps: 100 },
  { ...entry, planned: half!, step: 50, totalSteps: 100 },
  { ...entry, planned: fresh!, totalSteps: 100 },
  { ...entry, planned: unknown!, totalSteps: undefined },
];

test("the time left is that of the steps still to be made, at the speed of those made since the beginning", () => {
  const clock = new PlanClock(entries, 1000);
  expect([clock.done, clock.total]).toEqual([150, 300]);
  expect(clock.secondsLeft(1000)).toBeUndefined();
  expect(clock.secondsLeft(2000)).toBeUndefined();
  clock.at(half!, 60, 100);
  clock.at(fresh!, 20, 100);
  // 30 steps in 10 seconds; 120 are left.
  expect(clock.stepsPerSecond(11_000)).toBeCloseTo(3, 12);
  expect(clock.secondsLeft(11_000)).toBeCloseTo(40, 12);
});

test("a run of unknown length counts once it has begun, a failed one no longer", () => {
  const clock = new PlanClock(entries, 0);
  clock.at(unknown!, 10, 400);
  expect(clock.total).toBe(700);
  clock.abandon(unknown!);
  expect([clock.done, clock.total]).toEqual([160, 310]);
});

test("steps count for the time left by what they cost", () => {
  // A run of which the time of a step is not known beside one of which it is: their steps are weighed against each other.
  const [dear, cheap] = [run("dear"), { ...run("cheap"), stepMilliseconds: 0.1 }];
  const clock = new PlanClock(
    [
      { ...entry, planned: dear, totalSteps: 100 },
      { ...entry, planned: cheap, totalSteps: 1000 },
    ],
    0,
  );
  clock.at(dear, 50, 100);
  // Half of the dear one took 5 seconds: the other half takes as long again, and the cheap one 10.
  expect(clock.secondsLeft(5000)).toBeCloseTo(15, 12);
});

test("where the times of steps are known, the time left is said at once, and follows the speed of this machine", () => {
  const [slow, fast] = [
    { ...run("slow"), stepMilliseconds: 100 },
    { ...run("fast"), stepMilliseconds: 20 },
  ];
  const clock = new PlanClock(
    [
      { ...entry, planned: slow, totalSteps: 1000 },
      { ...entry, planned: fast, totalSteps: 5000 },
    ],
    0,
    { workers: 2, secondsAfter: 30 },
  );
  // 200 seconds of one processor for two workers, and what follows.
  expect(clock.secondsLeft(0)).toBeCloseTo(100 + 30, 12);
  // In half a minute the first run made 200 steps and the second 500: half of what two workers would have made.
  clock.at(slow, 200, 1000);
  clock.at(fast, 500, 5000);
  const soon = clock.secondsLeft(30_000)!;
  expect(soon).toBeGreaterThan(1.7 * (85 + 30));
  expect(soon).toBeLessThan(2 * (85 + 30));
});
