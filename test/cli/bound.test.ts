import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeArray } from "../../src/data/arrays/index.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("bound");
const bound = (...args: string[]) => narrows("bound", ...args);
const json = async (...args: string[]) => {
  const { stdout, stderr, status } = await bound(...args, "--json");
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  return JSON.parse(stdout);
};
const save = (name: string, shape: number[], ...values: number[]) =>
  writeArray(join(folder, name), { shape, data: Float64Array.from(values) });

save("p.npy", [2], 0.5, 0.5);
save("d.npy", [2, 2], 0, 1, 1, 0);
save("X.csv", [2, 1], -1, 1);

test("corridors: rate, distortion, slope and gap (B6), for people and for programs", async () => {
  const result = await json("corridors", "--rates", "0.3,1,3,6");
  expect(result).toMatchObject({
    definition: "B6",
    cause: "corridors",
    size: 13,
    sigma: 1.2,
    bias: null,
    distortion: "position",
    unit: "squared error per pixel",
    minDistortion: 0,
  });
  expect(result.maxRateNats).toBeCloseTo(Math.log(169), 9);
  const distortions = result.points.map((point: { distortion: number }) => point.distortion);
  expect(distortions).toEqual([...distortions].sort((a, b) => b - a));
  expect(distortions[3]).toBe(0);
  expect(result.points[1]).toMatchObject({ rateNats: 1, rateBits: 1 / Math.LN2 });
  expect(result.points[1].gapNats).toBeLessThanOrEqual(1e-5);
  expect(result.points[3].slope).toBeNull();
  const { stdout } = await bound("corridors", "--rates", "1,6");
  expect(stdout).toMatch(/rate \(nats\) +rate \(bits\) +distortion +gap/);
  expect(stdout).toContain("From 5.1299 nats on more rate brings nothing");
});

test("corridors: a task's error, under a bias, at other sizes (B7)", async () => {
  const result = await json("corridors", "--distortion", "task:xU == xL", "--size", "5", "--rates", "0");
  expect(result).toMatchObject({ definition: "B7", distortion: "task:xU == xL", size: 5 });
  expect(result.points[0].distortion).toBeCloseTo(0.2, 12);
  const biased = await json("corridors", "--bias", "aligned:20/1", "--size", "5");
  expect(biased.points).toHaveLength(11);
});

test("anyone's own source and distortion, at rates and at slopes (B4)", async () => {
  const result = await json("--source", "p.npy", "--distortion", "d.npy", "--rates", "0.3680642071684971");
  expect(result).toMatchObject({ definition: "B4", symbols: 2, reproductions: 2 });
  // ln 2 - H(0.1)
  expect(result.points[0].distortion).toBeCloseTo(0.1, 4);
  const slope = await json("--source", "p.npy", "--distortion", "d.npy", "--slopes", String(Math.log(9)));
  expect(slope.points[0].distortion).toBeCloseTo(0.1, 6);
});

test("anyone's own points, reproduced by any (B3)", async () => {
  const result = await json("--points", "X.csv", "--slopes", "1,1000");
  expect(result).toMatchObject({ definition: "B3", symbols: 2, dimension: 1, maxDistortion: 1 });
  expect(result.points[1].rateNats).toBeCloseTo(Math.LN2, 9);
  expect((await json("--points", "X.csv", "--source", "p.npy", "--rates", "0")).points[0].distortion).toBe(1);
});

test("the curve as a figure, and its numbers; a file is kept unless --force", async () => {
  const small = ["corridors", "--size", "5"];
  expect((await bound(...small, "--rates", "1,3", "--out", "bound.svg")).stdout).toContain("bound.svg");
  expect(readFileSync(join(folder, "bound.svg"), "utf8")).toContain("rate (nats)");
  expect((await bound(...small, "--rates", "1", "--out", "bound.csv")).status).toBe(0);
  expect(readFileSync(join(folder, "bound.csv"), "utf8")).toMatch(/^part,rateNats,lower,upper\ncurve,0,/);
  expect(await bound(...small, "--rates", "1", "--out", "bound.svg")).toMatchObject({
    status: 2,
    stdout: "",
  });
});

test.each([
  ["nothing to bound", [], /narrows bound: no cause is given\. Give corridors, or --source/],
  [
    "an unknown cause",
    ["corridor"],
    /<cause> corridor: "corridor" is not known \(did you mean corridors\?\)/,
  ],
  ["a source by itself", ["--source", "p.npy"], /--source needs --distortion/],
  ["a bias of one's own source", ["--bias", "lower:2/1"], /--bias: it belongs to corridors/],
  ["a source of corridors", ["corridors", "--source", "p.npy"], /--source: corridors have their own/],
  ["points with a distortion", ["--points", "X.csv", "--distortion", "d.npy"], /--points has the squared/],
  ["an unknown distortion", ["corridors", "--distortion", "pixels"], /--distortion pixels: corridors have/],
  ["an unknown task", ["corridors", "--distortion", "task:E2M9"], /E2M9/],
  ["rates that are no numbers", ["corridors", "--rates", "1,x"], /--rates 1,x: expected a number, found "x"/],
  [
    "a rate below 0",
    ["corridors", "--rates", "-1"],
    /--rates -1: -1 is too small\. Give a number of at least 0/,
  ],
  [
    "a slope below 0",
    ["corridors", "--slopes", "-1"],
    /--slopes -1: -1 is too small\. Give a number of at least 0/,
  ],
  ["an even size", ["corridors", "--size", "12"], /corridors, size: got 12/],
  ["a bias that is none", ["corridors", "--bias", "upper:1/2"], /bias "upper:1\/2": not understood/],
  ["walls that are none", ["corridors", "--sigma", "thin"], /--sigma thin: expected a number, found "thin"/],
  ["a figure of no format", ["corridors", "--out", "bound.txt"], /bound\.txt/],
  ["an array that is missing", ["--points", "none.npy"], /none\.npy: no such file/],
] as const)("%s is told with exit code 2, and nothing is written", async (_, args, message) => {
  const { status, stdout, stderr } = await bound(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain("    at ");
  expect(existsSync(join(folder, "bound.txt"))).toBe(false);
});

test("bad numbers are told in one line that names the file", async () => {
  save("sum.npy", [2], 0.5, 0.6);
  save("negative.npy", [2, 2], 0, 1, -1, 0);
  save("three.npy", [3, 2], 0, 1, 1, 0, 1, 1);
  for (const [source, distortion, message] of [
    ["sum.npy", "d.npy", /^narrows: sum\.npy: the probabilities sum to 1\.1, not to 1\..*\n$/],
    ["p.npy", "negative.npy", /^narrows: negative\.npy, row 1, column 0 .*-1 is not a distortion.*\n$/],
    ["p.npy", "three.npy", /^narrows: three\.npy: the shape is \[3, 2\], but the source has 2 symbols.*\n$/],
  ] as const) {
    const { status, stderr } = await bound("--source", source, "--distortion", distortion);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  }
});
