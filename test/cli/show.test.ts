import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { encodeNpy } from "../../src/data/arrays/index.js";
import { nodeDevice } from "../../src/onnx/node.js";
import { updateManifest } from "../../src/runs/manifest.js";
import { createRun } from "../../src/runs/run.js";
import { aboutRun } from "../../src/training/about-run.js";
import { prepareExperiment } from "../../src/training/experiment.js";
import { trainInRun } from "../../src/training/training-run.js";
import { TINY, tinyConfiguration } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("show");

beforeAll(async () => {
  writeFileSync(join(folder, "tiny.yaml"), stringify(TINY));
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
});

test("everything a person asks of a run", async () => {
  const { status, stdout, stderr } = await narrows("show", "a");
  expect(status).toBe(0);
  expect(stderr).toMatch(
    /^warning: the rate is \S+ nats, \S+ below C = 1: C itself had risen to 0\.825 nats only; .*\n$/,
  );
  for (const line of [
    /^a: finished\n/,
    /^progress +step 33 of 33, epoch 3 of 3$/m,
    /^data +corridors \(fingerprint [0-9a-f]{64}\)$/m,
    /^parameters +2,941$/m,
    /^trained +cpu, 1 thread, \d+ s$/m,
    /^versions +narrows \d+\.\d+\.\d+, node \d+/m,
    /^Last evaluation \(validation split, step 33, 30 images\)$/m,
    /^ {2}MSE per pixel +0\.\d{5}$/m,
    /^ {2}squared error per image +\d+\.\d{4}$/m,
    /^ {2}rate +\d\.\d{3} nats \(\d\.\d{3} bits\), upper-bound$/m,
    /^ {2}target C +1 nats$/m,
    /^ {2}C at that step +0\.825 nats$/m,
    /^ {2}gap +[+-]\d\.\d{3} nats$/m,
    /^ {2}dimensions in use +\d \(each sends at least 0\.01 nats more than it must\)$/m,
    /^ {2}MSE per pixel +[▁▂▃▄▅▆▇█]{3} {2}0\.\d{5} to 0\.\d{5}$/m,
    /^ {2}checkpoints\/step-00000033\.safetensors +\d+\.\d kB$/m,
    /^ {2}narrows evaluate a|^ {2}evaluate +narrows evaluate a --out a\.npz$/m,
  ]) {
    expect(stdout).toMatch(line);
  }
  expect(stdout).not.toContain("resume");
});

test("the configuration it shows is the configuration", async () => {
  const { stdout } = await narrows("show", "a");
  const [, yaml] = /^Configuration\n((?: {2}.*\n)+)/m.exec(stdout)!;
  const { configuration } = JSON.parse((await narrows("show", "a", "--json")).stdout);
  expect(parse(yaml!)).toEqual(configuration);
  expect(configuration).toMatchObject(TINY);
});

test("squared errors per image and per pixel fit together", async () => {
  const { validation } = JSON.parse((await narrows("show", "a", "--json")).stdout);
  expect(validation.squaredErrorPerImage).toBeCloseTo(169 * validation.squaredErrorPerPixel, 9);
  expect(validation.rateBits).toBeCloseTo(validation.rateNats / Math.LN2, 9);
  expect(validation.gapNats).toBeCloseTo(validation.rateNats - validation.targetRateNats, 9);
  expect(validation.capacityGapNats).toBeCloseTo(validation.rateNats - 1, 9);
});

test("a run without metrics says what to do; another folder of runs is told in the commands", async () => {
  cpSync(join(folder, "runs", "a"), join(folder, "other", "b"), { recursive: true });
  rmSync(join(folder, "other", "b", "metrics.jsonl"));
  updateManifest(join(folder, "other", "b"), {
    status: "failed",
    reason: "step 8: a number is not finite in mean",
    integrity: undefined,
  });
  const { status, stdout } = await narrows("show", "b", "--runs", "other");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^b: failed \(step 8: a number is not finite in mean\)\n/);
  expect(stdout).not.toContain("Last evaluation");
  expect(stdout).toMatch(/^ {2}continue +narrows resume b --runs other$/m);
  expect((await narrows("show", "other/b")).stdout).toMatch(/^b: failed/);
});

/** Runs every command that `show` suggests, in order; the last lines it says of each that fails. */
async function failuresOfSuggested(...show: string[]): Promise<{ tried: string[]; failures: string[] }> {
  const { stdout } = await narrows("show", ...show);
  const [, next = ""] = stdout.split(/^Next$/m);
  const tried = [...next.matchAll(/^ {2}[a-z ]+ {2}narrows (.+)$/gm)].map(([, command]) => command!);
  const failures: string[] = [];
  for (const command of tried) {
    const { status, stderr } = await narrows(...command.split(" "));
    if (status !== 0 || stderr.includes("the old name")) failures.push(`${command}: ${stderr}`);
  }
  return { tried: tried.map((command) => command.split(" ")[0]!), failures };
}

test("every command that it suggests works, whatever the run", async () => {
  const bytes = Uint8Array.from({ length: 400 * 36 }, (_, k) => (k * 7919) % 251);
  writeFileSync(join(folder, "plain.npy"), encodeNpy({ shape: [400, 6, 6], data: bytes }));
  const rows = Array.from({ length: 400 }, (_, k) => [
    ...bytes.subarray(36 * k, 36 * k + 36),
    k % 3,
    k / 400,
  ]);
  writeFileSync(join(folder, "twice.csv"), rows.map((row) => row.join()).join("\n"));
  const { model: autoencoder, ...rest } = TINY;
  const settings = {
    unlabelled: { ...TINY, data: { file: "plain.npy" } },
    // Two labels that are no corridors.
    twice: { ...TINY, data: { file: "twice.csv", labelNames: ["shape", "hue"], labelColumn: "behind" } },
    classifier: {
      ...rest,
      model: {
        type: "classifier",
        encoder: autoencoder.encoder,
        heads: [{ name: "order", task: "xU <= xL", network: { type: "linear" } }],
      },
    },
  };
  for (const [name, configuration] of Object.entries(settings)) {
    writeFileSync(join(folder, `${name}.yaml`), stringify(configuration));
    expect(await narrows("train", `${name}.yaml`, "--threads", "1", "--run", name)).toMatchObject({
      status: 0,
    });
  }
  const unfinished = createRun(
    join(folder, "some where"),
    "unfinished",
    aboutRun(prepareExperiment(tinyConfiguration()), "cpu", 1),
  );
  let step = 0;
  const stopAfterAWhile = { onStep: () => void step++, shouldStop: () => step >= 3 };
  const experiment = prepareExperiment(tinyConfiguration());
  await trainInRun(unfinished, experiment, await nodeDevice("cpu", 1), stopAfterAWhile);
  cpSync(unfinished.path, join(folder, "elsewhere", "unfinished"), { recursive: true });

  const nothing: string[] = [];
  expect(await failuresOfSuggested("a")).toEqual({
    tried: ["evaluate", "measure", "report"],
    failures: nothing,
  });
  expect(await failuresOfSuggested("unlabelled")).toEqual({
    tried: ["evaluate", "measure", "report"],
    failures: nothing,
  });
  expect(await failuresOfSuggested("twice")).toEqual({
    tried: ["evaluate", "measure", "report"],
    failures: nothing,
  });
  expect(await failuresOfSuggested("classifier")).toEqual({ tried: ["evaluate"], failures: nothing });
  expect(await failuresOfSuggested("elsewhere/unfinished")).toEqual({
    tried: ["resume", "evaluate", "measure", "report"],
    failures: nothing,
  });
  expect((await narrows("show", "unfinished", "--runs", "some where")).stdout).toMatch(
    /^ {2}continue +narrows resume unfinished --runs 'some where'$/m,
  );
  rmSync(join(unfinished.path, "checkpoints"), { recursive: true });
  expect((await narrows("show", "unfinished", "--runs", "some where")).stdout).not.toContain(
    "narrows evaluate",
  );
});

test.each([
  ["no such run, with the nearest name", ["show", "aa"], /^narrows: aa: no such run in runs\. .*"a"/],
  ["a damaged manifest", ["show", "torn"], /torn\/manifest\.json: this is not JSON\. Restore/],
] as const)("%s: one line, exit code 2", async (_, command, message) => {
  cpSync(join(folder, "runs", "a"), join(folder, "runs", "torn"), { recursive: true });
  writeFileSync(join(folder, "runs", "torn", "manifest.json"), "{");
  const { status, stdout, stderr } = await narrows(...command, "--json");
  rmSync(join(folder, "runs", "torn"), { recursive: true });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^narrows: [^\n]+\n$/);
});
