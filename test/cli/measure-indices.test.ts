import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeArray } from "../../src/data/arrays/index.js";
import { published } from "../geometry/published.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("measure-indices");
const indices = (...args: string[]) => narrows("measure", "distortion-indices", ...args);
const save = (name: string, shape: number[], values: number[]) =>
  writeArray(join(folder, name), { shape, data: Float64Array.from(values) });

// Two classes on a line; in the code they are shrunk to a fifth about their means.
const reference = Array.from({ length: 12 }, (_, i) => [i, (i * i) % 5]);
const labels = reference.map((_, i) => Number(i > 5));
save("Z0.npy", [12, 2], reference.flat());
save(
  "Z.npy",
  [12, 2],
  reference.flatMap(([x], i) => [[2.5, 8.5][labels[i]] + 0.2 * (x - [2.5, 8.5][labels[i]]), 1]),
);
save(
  "turned.npy",
  [12, 2],
  reference.flatMap(([x, y]) => [-3 * y + 1, 3 * x]),
);
save(
  "point.npy",
  [12, 2],
  reference.flatMap(() => [1, 2]),
);
save("y.npy", [12], labels);

const files = ["--codes", "Z.npy", "--reference", "Z0.npy", "--labels", "y.npy"];

test("a table with intervals; JSON with definitions, units and the seed (G10 to G14)", async () => {
  const table = await indices(...files);
  expect(table).toMatchObject({ status: 0, stderr: "" });
  expect(table.stdout).toMatch(
    /^distortion of 12 samples in 2 classes; 0 is undistorted\nintervals: 95 %, 200 resamples/,
  );
  expect(table.stdout).toMatch(
    /\n +value +low +high\n +prototypization( +\d\.\d{4}){3}\northogonalization.*\n +factorization /,
  );
  expect(table.stdout).toMatch(/\nclass +samples +specialization +low +high +prototypization +low +high\n/);

  const { status, stdout, stderr } = await indices(...files, "--seed", "3", "--resamples", "50", "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({
    definition: {
      ...{ prototypization: "G11", specialization: "G12", orthogonalization: "G19", factorization: "G13" },
      interval: "G14",
    },
    units: "natural logarithm of a ratio",
    labels: [0, 1],
    samplesPerLabel: [6, 6],
    seed: 3,
    resamples: 50,
    confidence: 0.95,
  });
  expect(result.prototypization.value).toBeGreaterThan(1);
  expect(result.prototypization.low).toBeLessThan(result.prototypization.high);
  expect(result.specialization.byClass).toHaveLength(2);
  expect((await indices(...files, "--seed", "3", "--resamples", "50", "--json")).stdout).toBe(stdout);
  const other = JSON.parse((await indices(...files, "--seed", "4", "--resamples", "50", "--json")).stdout);
  expect(other.prototypization.value).toBe(result.prototypization.value);
  expect(other.prototypization.low).not.toBe(result.prototypization.low);
});

test("a turned and scaled copy is undistorted", async () => {
  const { stdout } = await indices(
    "--codes",
    "turned.npy",
    "--reference",
    "Z0.npy",
    "--labels",
    "y.npy",
    "--json",
  );
  const { prototypization, orthogonalization, factorization, specialization } = JSON.parse(stdout);
  const all = [prototypization, orthogonalization, factorization, ...specialization.byClass];
  for (const { value, low, high } of all) {
    for (const number of [value, low, high]) expect(Math.abs(number)).toBeLessThan(1e-9);
  }
});

test("what is undefined is null and told on standard error; what is infinite is a word", async () => {
  const collapsed = await indices(
    "--codes",
    "point.npy",
    "--reference",
    "Z0.npy",
    "--labels",
    "y.npy",
    "--json",
  );
  expect(collapsed.status).toBe(0);
  expect(collapsed.stderr).toMatch(/^warning: point\.npy: prototypization is undefined/);
  expect(collapsed.stderr.trim().split("\n")).toHaveLength(4);
  expect(JSON.parse(collapsed.stdout).prototypization).toMatchObject({ value: null, low: null });

  save("two-points.npy", [12], labels);
  const points = await indices(
    "--codes",
    "two-points.npy",
    "--reference",
    "Z0.npy",
    "--labels",
    "y.npy",
    "--json",
  );
  expect(JSON.parse(points.stdout).prototypization).toMatchObject({ value: "Infinity", high: "Infinity" });
});

test("mistakes are told in one line with exit code 2", async () => {
  save(
    "one.npy",
    [12],
    labels.map(() => 1),
  );
  for (const [args, message] of [
    [
      ["--codes", "Z.npy", "--reference", "Z0.npy", "--labels", "one.npy"],
      /one\.npy: all samples are in one class/,
    ],
    [[...files, "--resamples", "few"], /--resamples few: expected a number/],
    [
      ["--codes", "Z.npy", "--reference", "Z0.npy"],
      /neither a run with --baseline nor --codes, --reference and --labels/,
    ],
  ] as const) {
    const { status, stdout, stderr } = await indices(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trim()).not.toContain("\n    at ");
  }
});

describe.skipIf(published.missing)(published.title, () => {
  test("E1M1 at 0.3 nats against the Baseline: room for the frequent half", async () => {
    const { stdout } = await indices(
      ...["--codes", published.path("latents.npz:bottomBias_low_Z")],
      ...["--reference", published.path("latents.npz:base_low_Z")],
      ...["--labels", published.path("latents.npz:bottomBias_low_y"), "--json"],
    );
    const { labels: classes, specialization } = JSON.parse(stdout);
    expect(classes).toEqual([0, 1]);
    expect(specialization.byClass[1].low).toBeGreaterThan(0);
  });
});
