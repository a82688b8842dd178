import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { encodeNpy } from "../../src/data/arrays/index.js";
import { TINY } from "../training/tiny.js";
import { commandLine, hasEvaluated } from "./narrows.js";

const { folder, narrows, narrowsKilled } = commandLine("sweep");
const model = { ...TINY.model, likelihood: { type: "bernoulli" }, objective: { type: "beta" } };
writeFileSync(join(folder, "tiny.yaml"), stringify({ ...TINY, model }));
writeFileSync(
  join(folder, "long.yaml"),
  stringify({ ...TINY, name: "long", training: { ...TINY.training, epochs: 2000 } }),
);
const inFolder = (...path: string[]) => join(folder, ...path);
const asked = ["sweep", "tiny.yaml", "--grid", "objective.beta=0.2,2", "--seeds", "2"];

test("--dry-run lists the runs with their steps, and writes nothing", async () => {
  const { status, stdout, stderr } = await narrows(...asked, "--dry-run");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^objective\.beta = 2, seed 1\s+tiny-beta2-s1\s+to do\s+33\s+33$/m);
  expect(stdout).toMatch(/4 runs, 132 steps left/);
  expect(existsSync(inFolder("runs"))).toBe(false);
});

test("--dry-run counts the steps of data that say themselves how many they are", async () => {
  const images = Uint8Array.from({ length: 100 * 36 }, (_, k) => k % 251);
  writeFileSync(inFolder("plain.npy"), encodeNpy({ shape: [100, 6, 6], data: images }));
  writeFileSync(inFolder("file.yaml"), stringify({ ...TINY, data: { file: "plain.npy" } }));
  const { stdout } = await narrows("sweep", "file.yaml", "--grid", "training.epochs=1,4", "--dry-run");
  expect(stdout).toMatch(/^training\.epochs = 4, seed 0 .* to do +12 +12$/m);
  expect(stdout).toMatch(/^2 runs, 15 steps left$/m);
});

test("a grid is trained, told in a table, reused the next time, and drawn", async () => {
  const { status, stdout } = await narrows(...asked);
  expect(status).toBe(0);
  const [titles, ...lines] = stdout.split("\n");
  expect(titles).toMatch(/^objective\.beta +seed +run +rate nats .*distortion +in +-ELBO nats$/);
  expect(lines[0]).toMatch(/^ +0\.2 +0 +tiny-beta0\.2-s0 +\d+\.\d{3} .*nats per image +\d+\.\d{3}$/);
  expect(stdout).toMatch(/4 of 4 runs in/);

  const written = statSync(inFolder("runs/tiny-beta2-s1/manifest.json")).mtimeMs;
  const again = await narrows(...asked, "--json");
  expect(again.stderr).toBe("");
  const result = JSON.parse(again.stdout);
  expect(result.map(({ status }: { status: string }) => status)).toEqual(Array(4).fill("reused"));
  expect(result[3]).toMatchObject({
    settings: { "objective.beta": 2 },
    seed: 1,
    run: "tiny-beta2-s1",
    step: 33,
  });
  expect(result[3].negativeElboNats).toBeCloseTo(result[3].rateNats + result[3].distortion, 10);
  expect(statSync(inFolder("runs/tiny-beta2-s1/manifest.json")).mtimeMs).toBe(written);

  // A run is found by its configuration, whatever its name.
  expect((await narrows("rename", "tiny-beta2-s1", "kept")).status).toBe(0);
  const renamed = JSON.parse((await narrows(...asked, "--json")).stdout);
  expect(renamed[3]).toMatchObject({ status: "reused", run: "kept" });
  expect((await narrows("rename", "kept", "tiny-beta2-s1")).status).toBe(0);

  const runs = result.map(({ run }: { run: string }) => run);
  const numbers = JSON.parse((await narrows("figure", "rate-distortion", ...runs, "--json")).stdout);
  expect(numbers.methods).toHaveLength(1);
  expect(numbers.methods[0].points.map(({ label }: { label: string }) => label).sort()).toEqual([
    "beta = 0.2",
    "beta = 2",
  ]);
  expect((await narrows("figure", "rate-distortion", ...runs)).stdout).toMatch(/^gaussian +beta = 2 +2 .*±/m);
  const drawn = await narrows(
    "figure",
    "rate-distortion",
    ...runs,
    "--reconstructions",
    "3",
    "--out",
    "curves.svg",
  );
  expect({ status: drawn.status, stdout: drawn.stdout, stderr: drawn.stderr }).toEqual({
    status: 0,
    stdout: "curves.svg\n",
    stderr: "",
  });
  const svg = readFileSync(inFolder("curves.svg"), "utf8");
  expect(svg).toContain("distortion (nats per image)");
  expect(svg.match(/<image /g)!.length % (2 * 3)).toBe(0);
});

test("a run that fails stops no other, and is told with its point", async () => {
  const options = ["--grid", "optimizer.learningRate=0.001,1e30", "--set", "name=wild", "--workers", "1"];
  const { status, stdout } = await narrows("sweep", "tiny.yaml", ...options);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^failed: optimizer\.learningRate = 1e\+30, seed 0: step \d+/m);
  expect(stdout).toMatch(/1 of 2 runs in/);
});

test("Ctrl-C lets the workers save and exits with 130; the same command continues", async () => {
  const long = ["sweep", "long.yaml", "--grid", "objective.capacity=1,2", "--workers", "1"];
  const stopped = await narrowsKilled(() => hasEvaluated(inFolder("runs/long-c1-s0")), "SIGINT", ...long);
  expect(stopped.status).toBe(130);
  expect(stopped.stderr).toMatch(/stopped: 0 of 2 runs are finished; run the same command again to continue/);
  const [first, second] = JSON.parse((await narrows(...long, "--dry-run", "--json")).stdout);
  expect(first).toMatchObject({ run: "long-c1-s0", state: "continues", totalSteps: 22_000 });
  expect(first.stepsLeft).toBeLessThan(22_000);
  expect(second).toMatchObject({ state: "to do" });
});

test.each([
  [
    "an unknown key",
    ["--grid", "objective.betta=1"],
    /--grid objective\.betta=1: unknown key .*did you mean/,
  ],
  ["a value that does not fit", ["--grid", "training.epochs=1,0"], /--grid training\.epochs=0: .*too small/],
  ["a value that does not fit the data", ["--grid", "training.batchSize=8,999"], /batchSize = 999, seed 0: /],
  ["no values", ["--grid", "objective.beta"], /expected key=value/],
  ["half a seed", ["--seeds", "0.5"], /--seeds 0\.5: expected a whole number/],
])("%s is told before anything is trained, with exit code 2", async (_, options, message) => {
  const { status, stdout, stderr } = await narrows("sweep", "tiny.yaml", "--runs", "none", ...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(existsSync(inFolder("none"))).toBe(false);
});

test.each([
  ["a run that is not there", ["nothing"], /nothing: no such run/],
  ["an unknown setting", ["tiny-beta2-s0", "--by", "objective.betta"], /--by objective\.betta.*did you mean/],
  ["a run twice", ["tiny-beta2-s0", "runs/tiny-beta2-s0"], /named twice/],
  ["a sum of what has none", ["long-c1-s0", "--elbo", "90"], /--elbo 90: rate and distortion have no sum/],
  ["an unknown format", ["tiny-beta2-s0", "--out", "x.gif"], /stands still/],
])("figure rate-distortion refuses %s in one line", async (_, options, message) => {
  const { status, stderr } = await narrows("figure", "rate-distortion", ...options);
  expect(status).toBe(2);
  expect(stderr).toMatch(message);
});
