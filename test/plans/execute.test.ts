import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { configurationSchema } from "../../src/configuration/schema.js";
import { readCodes } from "../../src/data/codes/read.js";
import { readLock } from "../../src/files/lock.js";
import { executePlan, type PlanListener, type PlanOptions, surveyPlan } from "../../src/plans/execute.js";
import { type Plan, type PlannedRun, plannedSteps } from "../../src/plans/plan.js";
import { runLayout } from "../../src/runs/layout.js";
import { closeRun, createRun, openRun } from "../../src/runs/run.js";
import { plain, versions } from "../../src/training/about-run.js";
import { TINY } from "../training/tiny.js";

// Built by `npm test` before it tests: processes run no TypeScript.
const workerFile = pathToFileURL(join(import.meta.dirname, "../../dist/plans/worker.js"));
const folder = mkdtempSync(join(tmpdir(), "narrows-plans-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function planned(runName: string, changes: { seed?: number; epochs?: number; learningRate?: number } = {}) {
  const { seed = 0, epochs = 3, learningRate = 5e-4 } = changes;
  const configuration = configurationSchema.parse({
    ...TINY,
    name: runName,
    seed,
    optimizer: { learningRate },
    training: { ...TINY.training, epochs, checkpointEverySteps: 100 },
  });
  return { name: `run ${runName}`, runName, configuration };
}

const execute = (root: string, plan: Plan, rest: Partial<PlanOptions> = {}) =>
  executePlan(plan, { root: join(folder, root), workers: 2, workerFile, ...rest });

const statuses = (outcomes: readonly { status: string }[]) => outcomes.map(({ status }) => status);

/** Every file of the runs, when it was written and what it holds. */
function traces(root: string): string[] {
  const path = join(folder, root);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${statSync(file).mtimeMs} ${readFileSync(file).toString("base64")}`)
    .sort();
}

/** Many steps: long enough to be stopped in the middle. */
const LONG = 200;

test("of a plan of which one run is wanted, that one is trained and counted", async () => {
  const plan = [planned("wanted"), planned("other", { seed: 1 })];
  const shown: string[] = [];
  const listener: PlanListener = {
    onPlan: (entries) => shown.push(...entries.map((entry) => entry.planned.runName)),
  };
  const outcomes = await execute("wanted", plan, { listener, wanted: [plan[0]!] });
  expect(statuses(outcomes)).toEqual(["finished", "waiting"]);
  expect(shown).toEqual(["wanted"]);
});

test("a plan of four runs is trained by two workers at a time, the longest first; again, it changes nothing", async () => {
  const plan = [
    planned("a"),
    planned("b", { seed: 1 }),
    planned("c", { epochs: 5 }),
    planned("d", { seed: 2 }),
  ];
  const begun: string[] = [];
  const busy = new Set<number>();
  let maximum = 0;
  const progress = new Map<string, number>();
  const listener: PlanListener = {
    onBegin: ({ runName }, worker) => {
      begun.push(runName);
      busy.add(worker);
      maximum = Math.max(maximum, busy.size);
    },
    onProgress: ({ runName }, _, { step }) => progress.set(runName, step),
    onEnd: (_, worker) => busy.delete(worker),
  };
  expect(plan.map(({ configuration }) => plannedSteps(configuration))).toEqual([33, 33, 55, 33]);
  expect(statuses(await execute("four", plan, { listener }))).toEqual(Array(4).fill("finished"));
  expect(maximum).toBeLessThanOrEqual(2);
  expect([...progress].sort()).toEqual([
    ["a", 33],
    ["b", 33],
    ["c", 55],
    ["d", 33],
  ]);
  for (const { runName } of plan) {
    const { manifest } = openRun(join(folder, "four"), runName);
    expect(manifest).toMatchObject({ status: "finished", threads: 1 });
  }
  const before = traces("four");
  const again = await execute("four", plan);
  expect(statuses(again)).toEqual(Array(4).fill("reused"));
  expect(again.map(({ run }) => run)).toEqual(["a", "b", "c", "d"]);
  expect(traces("four")).toEqual(before);
  // One worker begins with the longest; of two, one may begin its second before the other has started.
  const order: string[] = [];
  const onBegin: PlanListener["onBegin"] = ({ runName }) => void order.push(runName);
  await execute("in-turn", plan, { workers: 1, listener: { onBegin } });
  expect(order).toEqual(["c", "a", "b", "d"]);
  // Another seed is another run, even of the same name.
  const other = await execute("four", [{ ...planned("a", { seed: 9 }), name: "other" }]);
  expect(other).toMatchObject([{ status: "finished", run: "a-2" }]);
});

test("a worker killed with SIGKILL is told, the others finish, and the next execution completes it", async () => {
  const plan = [planned("killed", { epochs: LONG }), planned("b"), planned("c", { seed: 1 })];
  const root = join(folder, "kill");
  const outcomes = await execute("kill", plan, {
    listener: {
      onProgress({ runName }, _, { step }) {
        const owner = runName === "killed" && step > 150 && readLock(runLayout(join(root, runName)).lock);
        if (owner) process.kill(owner.pid, "SIGKILL");
      },
    },
  });
  expect(statuses(outcomes)).toEqual(["failed", "finished", "finished"]);
  expect(outcomes[0]).toHaveProperty("reason", expect.stringMatching(/killed \(SIGKILL/));
  const [entry] = surveyPlan(plan, root);
  expect(entry).toMatchObject({ run: "killed", finished: false, totalSteps: 11 * LONG });
  expect(entry!.step).toBeGreaterThan(0);
  let from = 0;
  const onBegin: PlanListener["onBegin"] = (_, __, { step }) => {
    from = step;
  };
  const second = await execute("kill", plan, { listener: { onBegin } });
  expect(statuses(second)).toEqual(["finished", "reused", "reused"]);
  expect(from).toBe(entry!.step);
});

test("a run whose numbers go bad is told with its reason and stops no other", async () => {
  const plan = [planned("wild", { learningRate: 1e12 }), planned("b")];
  const outcomes = await execute("wild", plan, { workers: 1 });
  expect(statuses(outcomes)).toEqual(["failed", "finished"]);
  expect(outcomes[0]).toHaveProperty("reason", expect.stringMatching(/^step \d+: .*learningRate/));
  // What failed is tried once more, since a full disk may have been the reason.
  expect(statuses(await execute("wild", plan, { workers: 1 }))).toEqual(["failed", "reused"]);
});

test("when it is stopped every worker saves, nothing more begins, and the next execution continues", async () => {
  const long = ["a", "b"].map((name, seed) => planned(name, { seed, epochs: LONG }));
  const plan = [...long, planned("c", { seed: 2 })];
  let stop = false;
  const busy = new Set<number>();
  const stopped = await execute("stop", plan, {
    listener: {
      onProgress(_, worker) {
        busy.add(worker);
        stop = busy.size === 2;
      },
    },
    shouldStop: () => stop,
  });
  expect(statuses(stopped)).toEqual(["interrupted", "interrupted", "waiting"]);
  const kept = surveyPlan(plan, join(folder, "stop")).map(({ step }) => step);
  expect(Math.min(kept[0]!, kept[1]!)).toBeGreaterThan(0);
  expect(existsSync(join(folder, "stop", "c"))).toBe(false);
  const from = new Map<string, number>();
  const onBegin: PlanListener["onBegin"] = ({ runName }, _, { step }) => void from.set(runName, step);
  expect(statuses(await execute("stop", plan, { workers: 1, listener: { onBegin } }))).toEqual(
    Array(3).fill("finished"),
  );
  expect([...from].sort()).toEqual([
    ["a", kept[0]],
    ["b", kept[1]],
    ["c", 0],
  ]);
});

test("a worker that Ctrl-C or a polite kill ends before it can listen is stopped, and has not failed", async () => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const file = join(folder, `${signal}.js`);
    writeFileSync(file, `process.kill(process.pid, "${signal}"); setInterval(() => undefined, 1000);\n`);
    const outcomes = await execute("asked", [planned("a")], { workerFile: pathToFileURL(file) });
    expect(outcomes).toEqual([expect.objectContaining({ status: "interrupted", run: undefined })]);
  }
});

test("a worker that cannot be started is a failed run", async () => {
  const nowhere = pathToFileURL(join(folder, "nowhere.js"));
  const outcomes = await execute("none", [planned("a")], { workerFile: nowhere });
  expect(outcomes).toMatchObject([{ status: "failed", run: undefined }]);
  expect(outcomes[0]).toHaveProperty(
    "reason",
    expect.stringMatching(/ended with code 1: Error: Cannot find module/),
  );
});

test("two runs of one configuration are refused", async () => {
  const twice = [planned("a"), { ...planned("a"), name: "again" }];
  await expect(execute("twice", twice)).rejects.toThrow(/"run a" and "again" are the same run/);
});

/** Each run's folder, and the steps at which training began in it. */
const foldersOf = (root: string) =>
  readdirSync(join(folder, root))
    .filter((name) => name !== "codes")
    .sort();

test("two plans in one folder train every run once between them, under whatever names", async () => {
  const plan = ["a", "b", "c"].map((name, seed) => planned(name, { seed, epochs: 20 }));
  const others = plan.map((run) => ({ ...run, runName: `other-${run.runName}` }));
  const begun: string[] = [];
  const listener: PlanListener = { onBegin: ({ configuration: { name } }) => begun.push(name) };
  const [one, two] = await Promise.all([
    execute("both", plan, { workers: 1, listener }),
    execute("both", others, { workers: 1, listener }),
  ]);
  expect(begun.sort()).toEqual(["a", "b", "c"]);
  expect(one.map(({ run }) => run)).toEqual(two.map(({ run }) => run));
  expect([...statuses(one), ...statuses(two)].sort()).toEqual([
    ...Array(3).fill("finished"),
    ...Array(3).fill("reused"),
  ]);
  // Nothing is left of the claims, and no run is there twice.
  expect(foldersOf("both")).toEqual(one.map(({ run }) => run).sort());
});

test("a run that another process trains is waited for, and taken over when that process is killed", async () => {
  const plan = [planned("shared", { epochs: LONG })];
  const root = join(folder, "taken");
  const { lock } = runLayout(join(root, "shared"));
  const waited: string[] = [];
  let second: ReturnType<typeof execute> | undefined;
  const first = await execute("taken", plan, {
    listener: {
      onProgress(_, __, { step }) {
        if (step < 20) return;
        second ??= execute("taken", plan, {
          listener: {
            onWait: (_, run, { pid }) => {
              waited.push(run);
              process.kill(pid, "SIGKILL");
            },
          },
        });
      },
    },
  });
  expect(statuses(first)).toEqual(["failed"]);
  expect(await second).toMatchObject([{ status: "finished", run: "shared" }]);
  expect(waited).toEqual(["shared"]);
  expect(foldersOf("taken")).toEqual(["shared"]);
  expect(readLock(lock)).toBeUndefined();
});

test("waiting for another process ends when it is stopped", async () => {
  const plan = [planned("waited")];
  const about = { configuration: plain(plan[0]!.configuration), versions: versions() };
  const run = createRun(join(folder, "ends"), "under-another-name", about);
  let stop = false;
  const outcomes = await execute("ends", plan, {
    listener: { onWait: () => (stop = true) },
    shouldStop: () => stop,
  });
  expect(outcomes).toMatchObject([{ status: "waiting", run: "under-another-name" }]);
  expect(surveyPlan(plan, join(folder, "ends"))).toMatchObject([{ heldBy: { pid: process.pid } }]);
  closeRun(run);
});

/** Classifiers on the code of a run of the plan. */
function onCodeOf(source: PlannedRun, file: string, epochs = 2): PlannedRun {
  const runName = `on-${source.runName}`;
  const configuration = configurationSchema.parse({
    name: runName,
    data: { codes: { file } },
    split: { train: [0, 340], validation: [340, 370] },
    model: { type: "classifier", heads: [{ name: "order", task: "xU <= xL", network: { type: "linear" } }] },
    training: { epochs, batchSize: 32 },
  });
  return { name: `run ${runName}`, runName, configuration, codes: { of: source, file } };
}

test("what learns from the code of another run waits for it, and is trained on its code", async () => {
  const source = planned("source");
  const file = join(folder, "waits", "codes", "source.npz");
  const plan = [source, onCodeOf(source, file, 40)];
  const order: string[] = [];
  const listener: PlanListener = {
    onBegin: ({ runName }) => order.push(`begin ${runName}`),
    onEnd: ({ runName }) => order.push(`end ${runName}`),
  };
  expect(plan.map(({ configuration }) => plannedSteps(configuration))).toEqual([33, 440]);
  expect(statuses(await execute("waits", plan, { listener }))).toEqual(["finished", "finished"]);
  expect(order).toEqual(["begin source", "end source", "begin on-source", "end on-source"]);
  expect(readCodes(file, {}).count).toBe(400);
  const before = traces("waits");
  expect(statuses(await execute("waits", plan))).toEqual(["reused", "reused"]);
  expect(traces("waits")).toEqual(before);
  // A second training on the same code does not write it again.
  const written = statSync(file).mtimeMs;
  const more = { ...onCodeOf(source, file, 3), runName: "more", name: "more" };
  expect(statuses(await execute("waits", [source, more]))).toEqual(["reused", "finished"]);
  expect(statSync(file).mtimeMs).toBe(written);
});

test("what learns from the code of a run that failed has failed with it, and the others are trained", async () => {
  const source = planned("bad", { learningRate: 1e30 });
  const plan = [source, onCodeOf(source, join(folder, "bad", "codes.npz")), planned("good")];
  const ended: string[] = [];
  const outcomes = await execute("bad", plan, {
    workers: 1,
    listener: { onEnd: ({ runName }) => ended.push(runName) },
  });
  expect(statuses(outcomes)).toEqual(["failed", "failed", "finished"]);
  expect(outcomes[1]).toMatchObject({
    run: undefined,
    reason: "run bad failed, whose code it is trained on",
  });
  expect(ended.sort()).toEqual(["bad", "good", "on-bad"]);
});

test("a plan in which a run stands before the one it waits for is refused", () => {
  const source = planned("late");
  const plan = [onCodeOf(source, "codes.npz"), source];
  expect(() => surveyPlan(plan, folder)).toThrow(/"run on-late" waits for "run late"/);
});
