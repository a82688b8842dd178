import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { PhiloxStream } from "../../src/random/stream.js";
import { readManifest, updateManifest } from "../../src/runs/manifest.js";
import { listRuns } from "../../src/runs/run.js";
import { ARITHMETIC } from "../../src/training/arithmetic.js";
import { TINY } from "../training/tiny.js";
import { commandLine, hasBegun } from "./narrows.js";

const { folder, narrows, narrowsKilled } = commandLine("train");
writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
const writeLonger = (file: string, epochs: number, checkpointEverySteps: number) =>
  writeFileSync(
    join(folder, file),
    stringify({ ...TINY, training: { ...TINY.training, epochs, checkpointEverySteps, logEverySteps: 10 } }),
  );
// Long enough to be stopped in the middle: about a second of steps.
writeLonger("long.yaml", 260, 97);
// Killed again and again: its processes are to be many, its steps need not be.
writeLonger("killed.yaml", 32, 29);

/** Another run with all that a run has: trained once, it is gone on with in several ways. */
const copyRun = (run: string, copy: string) =>
  cpSync(join(folder, "runs", run), join(folder, "runs", copy), { recursive: true });

/** The bytes that a training leaves: its lines, its newest checkpoint, its models. */
function remains(run: string) {
  const path = join(folder, "runs", run);
  const checkpoints = readdirSync(join(path, "checkpoints")).filter((file) => file.endsWith(".safetensors"));
  const newest = checkpoints.sort().at(-1)!;
  return {
    newest,
    files: ["metrics.jsonl", join("checkpoints", newest), "encoder.onnx", "decoder.onnx"].map((file) =>
      createHash("sha256")
        .update(readFileSync(join(path, file)))
        .digest("hex"),
    ),
  };
}

/**
 * Whether a folder has changed so many times since it was first asked: moments of a training, however fast the machine is.
 * None is before the process has done anything.
 */
function afterChanges(path: string, changes: number): () => boolean {
  let seen: string | undefined;
  let left = changes;
  return () => {
    const now = existsSync(path) ? listing(path) : "";
    if (seen !== undefined && now !== seen) left--;
    seen = now;
    return left <= 0;
  };
}

/** Every file of a folder with its size, while others write it. */
function listing(path: string): string {
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .map((file) => `${file} ${statSync(join(path, file), { throwIfNoEntry: false })?.size}`)
    .join();
}

test("train makes a run with everything in it, and tells the last evaluation as JSON", async () => {
  const { status, stdout, stderr } = await narrows(
    "train",
    "tiny.yaml",
    "--threads",
    "1",
    "--run",
    "a",
    "--json",
  );
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(
      /^warning: C rises to 0\.825 of 1 nats in the 33 steps planned; give --set objective\.schedule\.warmup=40%, or more steps: --set training\.epochs=5\n$/,
    ),
  });
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    run: "a",
    finished: true,
    step: 33,
    evaluation: { images: 30, targetRateNats: 0.825 },
  });
  expect(readdirSync(join(folder, "runs", "a")).filter((file) => !file.startsWith("events"))).toEqual([
    "checkpoints",
    "decoder.onnx",
    "encoder.onnx",
    "manifest.json",
    "metrics.jsonl",
    "summary.json",
  ]);
  const manifest = JSON.parse(readFileSync(join(folder, "runs", "a", "manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ status: "finished", seed: 0, threads: 1, device: "cpu" });
});

test("on a pipe progress is plain lines, with the target, the rate and the gap of every evaluation", async () => {
  const { stdout, stderr } = await narrows("train", "tiny.yaml", "--threads", "1", "--run", "plain");
  expect(stderr).toMatch(
    /plain: epoch 1, step 11: validation MSE per pixel [\d.]+, rate [\d.]+ nats .* target C 1 \(so far 0\.069\), gap/,
  );
  expect(stderr).not.toContain("\u001b");
  expect(stderr).toMatch(
    /^target C = 1 nats; objective\.gamma 300, a nat off costs 0\.09 \(squared error per pixel\)\n/,
  );
  expect(stdout).toMatch(/finished at step 33/);
  expect(stdout).toMatch(/^plain: reached \d\.\d{3} of C = 1 nats \(gap -0\.\d{3}\)$/m);
  expect(stderr).toMatch(
    /warning: plain: the rate is .* below C = 1: C itself had risen to 0\.825 nats only/,
  );
});

test("resume makes a training longer, and refuses one below what the run records", async () => {
  const below = await narrows("resume", "plain", "--set", "training.epochs=2");
  expect(below.status).toBe(2);
  expect(below.stderr).toMatch(
    /training\.epochs=2 ends at step 22, before the 33 steps \(3 epochs\) that the run records; its length may only be raised\. Give as many or more/,
  );
  const path = join(folder, "runs", "plain", "manifest.json");
  const before = readFileSync(path, "utf8");
  // Nothing is left to train, so nothing of it changes: neither its times nor what it was trained on.
  for (const more of [
    ["--set", "training.epochs=3"],
    ["--threads", "2"],
  ]) {
    const same = await narrows("resume", "plain", ...more);
    expect(same).toMatchObject({
      status: 0,
      stdout:
        "plain: already finished: training.epochs=3 ends it at step 33; for more, give --set training.epochs=6\n",
    });
    expect(timesIn(readFileSync(path, "utf8"))).toEqual(timesIn(before));
  }
  // What is shared out over the planned steps keeps the steps it was taken of (S12).
  expect((await narrows("resume", "plain", "--set", "training.epochs=4")).stdout).toMatch(
    /finished at step 44/,
  );
  const { configuration } = JSON.parse(readFileSync(path, "utf8"));
  expect(configuration.training).toMatchObject({ epochs: 4, scheduledSteps: 33 });
});

/** What a manifest says of when, how long and on what a run was trained. */
function timesIn(manifest: string) {
  const { startedAt, finishedAt, wallTimeSeconds, threads, configuration } = JSON.parse(manifest);
  return { startedAt, finishedAt, wallTimeSeconds, threads, configuration };
}

test("resume refuses more of what does not end the run, and names the key that does", async () => {
  const steps = ["--set", "training.epochs=null", "--set", "training.steps=20"];
  expect((await narrows("train", "tiny.yaml", ...steps, "--run", "by-steps")).status).toBe(0);
  const path = join(folder, "runs", "by-steps", "manifest.json");
  const before = readFileSync(path, "utf8");
  const refused = await narrows("resume", "by-steps", "--set", "training.epochs=16");
  expect(refused.status).toBe(2);
  expect(refused.stderr).toMatch(
    /by-steps: training\.epochs=16 makes it no longer: training\.steps=20 ends it at step 20\. Give --set training\.steps=176\.$/m,
  );
  expect(readFileSync(path, "utf8")).toBe(before);
  // More, though not as many as asked for.
  const both = ["--set", "training.steps=100", "--set", "training.epochs=2"];
  const longer = await narrows("resume", "by-steps", ...both);
  expect(longer.stdout).toMatch(/finished at step 22/);
  expect(longer.stderr).toMatch(
    /^warning: by-steps: training\.epochs=2 ends the training at step 22, before training\.steps=100; give --set training\.epochs=10 for more$/m,
  );
});

test("resume says where a run continues with steps computed in another way, and its manifest and show remember it", async () => {
  copyRun("a", "before");
  const path = join(folder, "runs", "before");
  const { versions } = readManifest(path);
  expect(versions.arithmetic).toBe(ARITHMETIC);
  // As an earlier version wrote it.
  const { arithmetic: _, ...earlier } = versions;
  updateManifest(path, { versions: earlier });
  const { stderr } = await narrows("resume", "before", "--set", "training.epochs=4");
  expect(stderr).toMatch(
    /^warning: before: its steps up to 33 were computed by an earlier version of Narrows; .* about five digits/m,
  );
  expect(readManifest(path).arithmeticChanges).toEqual([{ step: 33, from: 1, to: ARITHMETIC }]);
  expect((await narrows("show", "before")).stdout).toMatch(/^resumed +its steps up to 33 were computed/m);
  expect((await narrows("resume", "before", "--set", "training.epochs=5")).stderr).not.toContain(
    "earlier version",
  );
});

test("a gap is warned of once, in the end, with what to change to which value", async () => {
  const far = ["--set", "objective.capacity=500", "--set", "objective.schedule.warmup=0", "--run", "far"];
  const { stderr } = await narrows("train", "tiny.yaml", "--threads", "1", ...far);
  expect(stderr.match(/^warning: far: the rate is/gm)).toHaveLength(1);
  expect(stderr).toMatch(/^warning: far: .* below C = 500: resume with --set training\.epochs=6; /m);
  expect(stderr).toMatch(
    /^warning: C = 500 nats is more than is needed to distinguish 340 training images, .*objective\.capacity=5\.8 /m,
  );
});

test("Ctrl-C saves a checkpoint and exits with 130; resume continues to the same end", async () => {
  expect((await narrows("train", "long.yaml", "--threads", "1", "--run", "whole")).status).toBe(0);
  const begun = () => hasBegun(join(folder, "runs", "polite"));
  const stopped = await narrowsKilled(
    begun,
    "SIGINT",
    "train",
    "long.yaml",
    "--threads",
    "1",
    "--run",
    "polite",
  );
  expect(stopped.status).toBe(130);
  // Though it has not got that far.
  const shorter = await narrows("resume", "polite", "--set", "training.epochs=259");
  expect(shorter).toMatchObject({ status: 2, stdout: "" });
  expect(shorter.stderr).toMatch(/ends at step 2849, before the 2860 steps \(260 epochs\)/);
  const resumed = await narrows("resume", "polite", "--json");
  expect(resumed.status).toBe(0);
  expect(JSON.parse(resumed.stdout)).toMatchObject({ finished: true, step: 2860 });
  expect(remains("polite")).toEqual(remains("whole"));
});

test("kill -9 at 20 random moments: every time the run resumes, and ends with the same bytes", async () => {
  const chance = new PhiloxStream(20, "moments of a kill");
  const root = join(folder, "runs");
  expect((await narrows("train", "killed.yaml", "--threads", "1", "--run", "never-killed")).status).toBe(0);
  let kills = 0;
  for (let run = 0; kills < 20; run++) {
    const name = `killed-${run}`;
    let made = false;
    for (;;) {
      const command = made ? ["resume", name] : ["train", "killed.yaml", "--threads", "1", "--run", name];
      const moment = kills < 20 ? afterChanges(join(root, name), 24 * chance.uniform()) : () => false;
      const { status, signal, stderr } = await narrowsKilled(moment, "SIGKILL", ...command);
      made = existsSync(join(root, name));
      for (const listed of listRuns(root)) expect(listed).not.toHaveProperty("unreadable");
      if (signal === "SIGKILL") kills++;
      else {
        expect(stderr).not.toContain("Error");
        expect(status).toBe(0);
        break;
      }
    }
    expect(remains(name)).toEqual(remains("never-killed"));
  }
});

test("a resumed run may be prolonged, but its recipe is kept", async () => {
  copyRun("a", "short");
  const changed = await narrows("resume", "short", "--set", "objective.capacity=3");
  expect(changed.status).toBe(2);
  expect(changed.stderr).toMatch(/model\.objective\.capacity: 1 -> 3/);
  const longer = await narrows("resume", "short", "--set", "training.epochs=4", "--json");
  expect(JSON.parse(longer.stdout)).toMatchObject({ finished: true, step: 44 });
});

test("a training whose numbers go bad fails in one line with exit code 1 and keeps its last good checkpoint", async () => {
  const wild = ["--set", "optimizer.learningRate=1e12", "--run", "wild"];
  const { status, stderr } = await narrows("train", "tiny.yaml", "--threads", "1", ...wild, "--json");
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^narrows: runs\/wild: step \d+: .* in \S+.*\. Try a lower optimizer\.learningRate/m,
  );
  expect(stderr.match(/^(?!warning: ).+/gm)).toHaveLength(1);
  const manifest = JSON.parse(readFileSync(join(folder, "runs", "wild", "manifest.json"), "utf8"));
  expect(manifest).toMatchObject({ status: "failed" });
  expect(readdirSync(join(folder, "runs", "wild", "checkpoints"))).not.toEqual([]);
});

const tooSmall = { ...TINY, data: { corridors: { samples: 20 } } };
writeFileSync(join(folder, "too-small.yaml"), stringify(tooSmall));
writeFileSync(join(folder, "empty.csv"), "");
writeFileSync(join(folder, "gaps.csv"), `${"0,".repeat(10)}1\n0,1\n`);

test.each([
  ["an unknown key", ["train", "tiny.yaml", "--set", "objective.capacty=3"], /capacty.*capacity/],
  ["a wrong type", ["train", "tiny.yaml", "--set", "training.epochs=many"], /training\.epochs/],
  ["a negative capacity", ["train", "tiny.yaml", "--set", "objective.capacity=-1"], /capacity/],
  ["no such file", ["train", "nothing.yaml"], /nothing\.yaml/],
  ["data with a short row", ["train", "tiny.yaml", "--set", "data={file: gaps.csv}"], /gaps\.csv/],
  ["no data", ["train", "tiny.yaml", "--set", "data={file: empty.csv}"], /empty\.csv/],
  [
    "a batch larger than the data",
    ["train", "too-small.yaml"],
    /training\.batchSize.*larger than the training data/,
  ],
  ["an unknown device", ["train", "tiny.yaml", "--device", "abacus"], /abacus/],
  ["an unknown run", ["resume", "nobody"], /nobody/],
  ["a run that exists", ["train", "tiny.yaml", "--run", "a"], /runs\/a: .*exists/],
] as const)(
  "%s is told in one line with exit code 2, and nothing is written",
  async (_, command, message) => {
    const before = readdirSync(join(folder, "runs")).sort();
    const { status, stdout, stderr } = await narrows(...command);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(join(folder, "runs")).sort()).toEqual(before);
  },
);

test("a truncated checkpoint is passed over for the one before; when none is whole, one line says so", async () => {
  copyRun("a", "torn");
  const path = join(folder, "runs", "torn", "checkpoints");
  const [older, newer] = readdirSync(path).sort() as [string, string];
  truncateSync(join(path, newer), 100);
  const resumed = await narrows("resume", "torn");
  expect(resumed.status).toBe(0);
  expect(resumed.stderr).toMatch(/warning: .*step-00000033\.safetensors/);
  expect(remains("torn")).toEqual(remains("a"));
  for (const name of [older, newer]) if (existsSync(join(path, name))) truncateSync(join(path, name), 100);
  mkdirSync(join(folder, "out"), { recursive: true });
  const report = await narrows("report", "torn", "--out", "out/r.html");
  expect(report.status).toBe(2);
  expect(report.stderr).toMatch(/runs\/torn: there is no readable checkpoint/);
  expect(readdirSync(join(folder, "out"))).toEqual([]);
});
