import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode, decodeApng } from "fast-png";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("figure");
const inFolder = (...path: string[]) => join(folder, ...path);
const figure = (...args: string[]) => narrows("figure", ...args, "--threads", "1");

beforeAll(async () => {
  writeFileSync(inFolder("tiny.yaml"), stringify(TINY));
  expect((await narrows("train", "tiny.yaml", "--threads", "1", "--run", "a")).status).toBe(0);
  // Images of 4 x 5 pixels that nobody has labelled.
  const row = (k: number) => Array.from({ length: 20 }, (_, i) => (37 * k + 101 * i) % 256).join();
  writeFileSync(inFolder("plain.csv"), `${Array.from({ length: 200 }, (_, k) => row(k)).join("\n")}\n`);
  const data = { file: "plain.csv", height: 4, width: 5, labels: 0 };
  writeFileSync(inFolder("plain.yaml"), stringify({ ...TINY, name: "plain", data }));
  expect((await narrows("train", "plain.yaml", "--threads", "1", "--run", "plain")).status).toBe(0);
});

test("data without labels give a map, the error, training curves, reconstructions, samples and traversals", async () => {
  for (const name of [
    "latent-map",
    "capacity-error",
    "training-curves",
    "reconstructions",
    "reconstruction-grid",
    "samples",
    "traversal",
  ]) {
    const { status, stdout, stderr } = await figure(name, "plain", "--out", `${name}.csv`);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `${name}.csv\n`, stderr: "" });
  }
  const lines = (name: string) =>
    readFileSync(inFolder(`${name}.csv`), "utf8")
      .trimEnd()
      .split("\n");
  expect(lines("samples")).toHaveLength(1 + 144 * 20);
  // The test rows are fewer than the 36 that a grid holds otherwise.
  expect(lines("reconstruction-grid")).toHaveLength(1 + 2 * 15 * 20);
  expect(lines("traversal")).toHaveLength(1 + 2 * 17 * 20);
});

test("the same command draws the same bytes; its options say how many, how many in a row, and which", async () => {
  const draw = async (out: string, ...more: string[]) => {
    const options = ["--count", "6", "--columns", "3", "--seed", "5", "--out", out];
    expect((await figure("samples", "a", ...options, ...more)).status).toBe(0);
    return readFileSync(inFolder(out));
  };
  const first = await draw("one.png");
  expect(Buffer.compare(await draw("two.png"), first)).toBe(0);
  expect(Buffer.compare(await draw("white.png", "--one", "white"), first)).not.toBe(0);
  const { width, height } = decode(first);
  expect(width).toBeGreaterThan(height);
});

test("a traversal stands still or moves, as the name of the file says", async () => {
  const options = ["--frames", "4", "--range", "2", "--fps", "10", "--channels", "z2"];
  for (const extension of ["png", "apng", "gif"]) {
    const out = `sweep.${extension}`;
    const { status, stderr } = await figure("traversal", "a", ...options, "--out", out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  }
  expect(decodeApng(readFileSync(inFolder("sweep.png"))).numberOfFrames).toBeLessThan(2);
  const { frames, width, height } = decodeApng(readFileSync(inFolder("sweep.apng")));
  expect(frames.map(({ delayNumber, delayDenominator }) => delayNumber / delayDenominator)).toEqual(
    Array(4).fill(0.1),
  );
  const gif = readFileSync(inFolder("sweep.gif"));
  expect(gif.subarray(0, 6).toString()).toBe("GIF89a");
  expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([width / 2, height / 2]);
});

test("what a figure leaves out, and what nobody can see of its data, is warned of", async () => {
  const beta = ["--run", "beta", "--set", "model.objective={type: beta, beta: 1}"];
  expect((await narrows("train", "tiny.yaml", "--threads", "1", ...beta)).status).toBe(0);
  const { status, stdout, stderr } = await figure("capacity-error", "a", "beta", "--out", "left-out.csv");
  expect({ status, stdout, stderr }).toEqual({
    status: 0,
    stdout: "left-out.csv\n",
    stderr: "warning: left out, as their objective has no target capacity: beta\n",
  });
});

test("figures of labels take those of the data, or rules over them", async () => {
  const { status, stderr } = await figure("tuning-curves", "a", "--out", "tuning.svg");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readFileSync(inFolder("tuning.svg"), "utf8")).toContain("xU");
  const rules = ["--labels", "xU - xL,max(1, min(xU, xL)):categories"];
  expect((await figure("latent-map", "a", ...rules, "--out", "map.csv")).status).toBe(0);
  const [header] = readFileSync(inFolder("map.csv"), "utf8").split("\n");
  expect(header).toContain('xU - xL,"max(1, min(xU, xL))"');
});

test.each([
  [
    "an unknown channel",
    ["traversal", "a", "--channels", "z3", "--out", "x.svg"],
    /^narrows: channel z3: a has /,
  ],
  [
    "a still figure that should move",
    ["samples", "a", "--out", "x.gif"],
    /^narrows: x\.gif: this figure stands still, and a \.gif file holds one that moves\. Choose one of \.svg, /,
  ],
  [
    "more images than there are",
    ["reconstruction-grid", "plain", "--count", "16", "--out", "x.svg"],
    /16 images.*hold 15/,
  ],
  [
    "a run without a checkpoint",
    ["samples", "bare", "--out", "x.svg"],
    /bare: there is no readable checkpoint\. /,
  ],
  [
    "a run named twice",
    ["samples", "a", "runs/a", "--out", "x.svg"],
    /^narrows: runs\/a: the run is named twice/,
  ],
  [
    "runs of unequal images",
    ["samples", "a", "plain", "--out", "x.svg"],
    /plain: its image size \(4 x 5 x 1\)/,
  ],
] as const)("%s: one line, exit code 2, nothing written", async (_, command, message) => {
  cpSync(inFolder("runs", "a"), inFolder("runs", "bare"), { recursive: true });
  rmSync(inFolder("runs", "bare", "checkpoints"), { recursive: true });
  const { status, stdout, stderr } = await figure(...command);
  rmSync(inFolder("runs", "bare"), { recursive: true });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(/^narrows: [^\n]+\n$/);
  for (const out of ["x.svg", "x.gif"]) expect(existsSync(inFolder(out))).toBe(false);
});

test("an unknown figure is reported with the nearest name", async () => {
  const { status, stderr } = await figure("smaples", "a", "--out", "x.svg");
  expect(status).toBe(2);
  expect(stderr).toContain("did you mean samples?");
});
