import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import type { TaskStatus } from "../../src/cluster/status.js";
import { readLock } from "../../src/files/lock.js";
import { runLayout } from "../../src/runs/layout.js";
import { readManifest } from "../../src/runs/manifest.js";
import { commandLine, hasBegun } from "../cli/narrows.js";
import { TINY } from "../training/tiny.js";
import { type Cluster, clusterMissing, startCluster } from "./slurm-daemons.js";

const reason = clusterMissing();
if (reason !== undefined) console.log(`sweeps and reproductions on a real Slurm: ${reason}`);
const onSlurm = test.skipIf(reason !== undefined);

const { folder, narrows } = commandLine("slurm");
const inFolder = (...path: string[]) => join(folder, ...path);
const training = { ...TINY.training, checkpointEverySteps: 50 };
writeFileSync(inFolder("tiny.yaml"), stringify({ ...TINY, training }));

let cluster: Cluster;
const before = process.env.SLURM_CONF;
beforeAll(async () => {
  if (reason !== undefined) return;
  // An array holds five jobs: a sixth run needs another one.
  cluster = await startCluster({ maxArraySize: 6 });
  process.env.SLURM_CONF = cluster.environment.SLURM_CONF;
});
afterAll(async () => {
  if (reason !== undefined) return;
  if (before === undefined) delete process.env.SLURM_CONF;
  else process.env.SLURM_CONF = before;
  await cluster.stop();
});

/** Runs a command with its runs in a folder of that name, and expects it to succeed. */
async function done(runs: string, ...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await narrows(...words, "--runs", runs);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

async function statusOf(runs: string, ...words: string[]): Promise<TaskStatus[]> {
  return JSON.parse(await done(runs, ...words, "--status", "--json"));
}

async function until(isTime: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTime())) await pause(300);
}

const isEmpty = async () => (await cluster.run("squeue", "--noheader")).trim() === "";

/** The worker that trains, its parent, and the shell of the job. */
function jobProcesses(worker: number): number[] {
  const parentOf = (pid: number) => {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  };
  const command = parentOf(worker);
  return [worker, command, parentOf(command)];
}

/** All that training writes and that may not depend on where it ran. */
function outcome(runs: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const { metrics, encoder, checkpoints } = runLayout(inFolder(runs, name));
      const files = [metrics, encoder, ...readdirSync(checkpoints).map((file) => join(checkpoints, file))];
      return files.map((file) => [file.slice(inFolder(runs).length), readFileSync(file, "base64")]);
    }),
  );
}

onSlurm(
  "six runs on two nodes, in two arrays, interrupted in every way: the same bytes as here",
  async () => {
    // Two that last for seconds, so that there is a middle to interrupt them in.
    const epochs = [400, 401, 10, 11, 12, 13];
    const sweep = ["sweep", "tiny.yaml", "--grid", `training.epochs=${epochs.join(",")}`];
    const names = epochs.map((count) => `tiny-epochs${count}-s0`);
    const submitted = await done("there", ...sweep, "--on", "slurm", "--time", "10:00");
    expect(submitted).toMatch(
      /0 of 6 runs are finished\nsubmitted job \d+: 5 runs\nsubmitted job \d+: 1 run\n/,
    );
    expect(await done("there", ...sweep, "--on", "slurm")).toMatch(
      /^nothing to submit: 0 of 6 runs are finished, 6 jobs are queued or running/,
    );
    expect((await cluster.run("squeue", "--noheader", "--array")).trim().split("\n")).toHaveLength(6);

    // The first is put back into the queue in the middle, the second is killed with all its processes.
    const [first, second] = names.map((name) => inFolder("there", name)) as [string, string];
    await until(() => hasBegun(first) && hasBegun(second));
    const running = await statusOf("there", ...sweep);
    expect(running.map(({ state }) => state)).toEqual(["running", "running", ...Array(4).fill("queued")]);
    expect(running[0]).toMatchObject({
      detail: expect.stringMatching(/^job \d+_1 on n[12]$/),
      run: names[0],
    });
    const job = running[0]!.detail!.split(" ")[1]!;
    await cluster.run("scontrol", "requeue", job);
    for (const pid of jobProcesses(readLock(runLayout(second).lock)!.pid)) process.kill(pid, "SIGKILL");
    await until(() => readManifest(first).status === "interrupted");
    // Slurm holds a job back for two minutes that was requeued.
    const state = () => cluster.run("squeue", "--noheader", `--job=${job}`, "--format=%T");
    await until(async () => (await state()).trim() === "PENDING");
    await cluster.run("scontrol", "update", `JobId=${job}`, "StartTime=now");
    await until(isEmpty);
    const after = await statusOf("there", ...sweep);
    expect(after.map(({ state }) => state)).toEqual(["finished", "stopped", ...Array(4).fill("finished")]);
    expect(after[1]!.detail).toMatch(/its process ended without a message/);

    // The same command submits what is missing, and shows the table when nothing is.
    const table = await narrows(...sweep, "--on", "slurm", "--wait", "--runs", "there");
    expect(table).toMatchObject({ status: 0, stdout: expect.stringMatching(/\n6 of 6 runs in/) });
    await done("here", ...sweep, "--json");
    expect(outcome("there", names)).toEqual(outcome("here", names));
    for (const name of names) expect(existsSync(runLayout(inFolder("there", name)).lock)).toBe(false);
  },
);

onSlurm("a run that fails stops no other, and says why; cancelling saves", async () => {
  const epochs = ["--grid", "training.epochs=20,100000", "--grid", "optimizer.learningRate=0.001,1e30"];
  const sweep = ["sweep", "tiny.yaml", ...epochs];
  await done("failing", ...sweep, "--on", "slurm");
  await until(
    async () => (await statusOf("failing", ...sweep)).filter(({ state }) => state === "failed").length === 2,
  );
  const long = inFolder("failing", "tiny-epochs100000-learningRate0.001-s0");
  await until(() => hasBegun(long));
  expect(await done("failing", ...sweep, "--on", "slurm", "--cancel")).toMatch(
    /^cancelled 1 jobs, 1 of them/,
  );
  await until(isEmpty);
  const status = await statusOf("failing", ...sweep);
  expect(status.map(({ state }) => state)).toEqual(["finished", "failed", "stopped", "failed"]);
  expect(status[1]!.detail).toMatch(/not finite|NaN|infinite/i);
  expect(readManifest(long)).toMatchObject({ status: "interrupted", reason: "stopped by the user" });
});

onSlurm("classifiers on a frozen code start after it, and never where it failed", async () => {
  const paper = ["reproduce", "geometry", "--only", "baseline", "--capacities", "3"];
  const submitted = await done("chain", ...paper, "--on", "slurm");
  expect(submitted).toMatch(
    /submitted job \d+: 1 run\nsubmitted job \d+: 1 run, after Baseline, C = 3, seed 0/,
  );
  await until(() => existsSync(runLayout(inFolder("chain", "baseline-quick-c3-s0")).metrics));
  const [source, classifiers] = await statusOf("chain", ...paper);
  expect(source).toMatchObject({ state: "running" });
  expect(classifiers).toMatchObject({ state: "queued", detail: expect.stringMatching(/Dependency/) });
  await done("chain", ...paper, "--on", "slurm", "--cancel");
  await until(isEmpty);
  // Killed in the middle, the first fails, and the second goes out of the queue.
  await done("chain", ...paper, "--on", "slurm");
  await until(() => hasBegun(inFolder("chain", "baseline-quick-c3-s0")));
  await until(async () => (await statusOf("chain", ...paper))[0]!.state === "running");
  const { lock } = runLayout(inFolder("chain", "baseline-quick-c3-s0"));
  await until(() => existsSync(lock));
  process.kill(readLock(lock)!.pid, "SIGKILL");
  await until(isEmpty);
  expect((await statusOf("chain", ...paper)).map(({ state }) => state)).toEqual(["stopped", "failed"]);
  await done("chain", ...paper, "--on", "slurm");
  await until(isEmpty);
  const finished = await statusOf("chain", ...paper);
  expect(finished.map(({ state }) => state)).toEqual(["finished", "finished"]);
});

onSlurm(
  "what Slurm refuses is said in its own words, and a plan that has changed is not trained",
  async () => {
    const sweep = ["sweep", "tiny.yaml", "--grid", "training.epochs=3,4", "--runs", "refused"];
    const refused = await narrows(...sweep, "--on", "slurm", "--partition", "nowhere");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/^narrows: sbatch: Slurm says: .*[Ii]nvalid partition.*\.\n$/);
    await done("refused", ...sweep.slice(0, 4), "--on", "slurm");
    await until(isEmpty);
    const [key] = readdirSync(inFolder("refused", "cluster"));
    const record = inFolder("refused", "cluster", key!, "plan.json");
    const changed = await narrows(
      ...sweep,
      "--set",
      "optimizer.learningRate=0.5",
      "--task",
      "1",
      "--submitted",
      record,
    );
    expect(changed.status).toBe(2);
    expect(changed.stderr).toMatch(
      /plan\.json: the plan has changed since it was submitted: task 1 \(.*\): optimizer\.learningRate: [\d.]+ -> 0\.5\. Submit it again/,
    );
  },
);

onSlurm("a node that does not see the folder of runs is suspected by name", async () => {
  const sweep = ["sweep", "tiny.yaml"];
  await done("unseen", ...sweep, "--on", "slurm", "--sbatch", "hold");
  renameSync(inFolder("unseen"), inFolder("aside"));
  const job = (await cluster.run("squeue", "--noheader", "--format=%A")).trim();
  await cluster.run("scontrol", "release", job);
  await until(isEmpty);
  // What Slurm itself wrote on the way to its own file may have made folders.
  rmSync(inFolder("unseen"), { recursive: true, force: true });
  renameSync(inFolder("aside"), inFolder("unseen"));
  const [status] = await statusOf("unseen", ...sweep);
  expect(status).toMatchObject({ state: "failed", run: null });
  expect(status!.detail).toMatch(
    /^job \d+_1 has ended without a word: .* does its node not see the folder of runs\?$/,
  );
});

onSlurm("more runs than jobs are shared among the jobs", async () => {
  const sweep = ["sweep", "tiny.yaml", "--grid", "training.epochs=1,2,3", "--seeds", "3", "--jobs", "2"];
  expect(await done("shared", ...sweep, "--on", "slurm")).toMatch(
    /: 2 jobs that share the runs that are left/,
  );
  await until(isEmpty);
  const status = await statusOf("shared", ...sweep);
  expect(status.map(({ state }) => state)).toEqual(Array(9).fill("finished"));
});
