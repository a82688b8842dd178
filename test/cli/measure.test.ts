import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { encodeNpz, readArray, writeArray } from "../../src/data/arrays/index.js";
import { largestDifference, published } from "../geometry/published.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("measure");
const measure = (...args: string[]) => narrows("measure", ...args);
const json = async (...args: string[]) => {
  const { status, stdout, stderr } = await measure(...args, "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
};
const save = (name: string, shape: number[], ...values: number[]) =>
  writeArray(join(folder, name), { shape, data: Float64Array.from(values) });

// A rectangle of 3 by 4, its stretched copy, and its corners' positions.
save("Z0.npy", [4, 2], 0, 0, 3, 0, 0, 4, 3, 4);
save("Z.csv", [4, 2], 0, 0, 6, 0, 0, 4, 6, 4);
save("corners.npy", [4, 2], 0, 0, 1, 0, 0, 1, 1, 1);
writeFileSync(join(folder, "y.csv"), "0\n1\n0\n1\n");
writeFileSync(
  join(folder, "all.npz"),
  encodeNpz({ Z0: readArray(join(folder, "Z0.npy")), y: readArray(join(folder, "y.csv")) }),
);

test("distortion-matrix: arrays from .csv, .npz and .npy; matrix and labels (G5)", async () => {
  const result = await json(
    "distortion-matrix",
    "--codes",
    "Z.csv",
    "--reference",
    "all.npz:Z0",
    "--labels",
    "y.csv",
  );
  expect(result.labels).toEqual([0, 1]);
  // Ordered pairs: 4 selves and 4 along y of ratio 1, 4 along x of ratio 2, 4 diagonals of ratio sqrt(52) / 5.
  const across = (2 + Math.sqrt(52) / 5) / 2;
  const mean = (1 + across) / 2;
  expect(
    largestDifference(result.matrix.flat(), [1 - mean, across - mean, across - mean, 1 - mean]),
  ).toBeLessThan(1e-12);
  expect(result).toMatchObject({
    definition: "G5",
    samplesPerLabel: [2, 2],
    pairs: { total: 16, infinite: 0 },
  });

  const table = await measure(
    "distortion-matrix",
    "--codes",
    "Z.csv",
    "--reference",
    "Z0.npy",
    "--labels",
    "corners.npy",
  );
  expect(table.status).toBe(0);
  expect(table.stdout).toMatch(/^distortion of 4 samples in 4 classes/);
  expect(table.stdout).toContain("(0, 1)");
  expect(table.stderr).toMatch(/^warning: corners\.npy: classes of one sample: "\(0, 0\)", .*says nothing/);
});

test("distortion-matrix: how far pairs of a sample with itself move the diagonal is said (G5)", async () => {
  save("Z10.npy", [4, 2], 0, 0, 30, 0, 0, 40, 30, 40);
  const { stdout } = await measure(
    ...["distortion-matrix", "--codes", "Z10.npy", "--reference", "Z0.npy", "--labels", "y.csv"],
  );
  // Every other pair has the ratio 10: within a class of two 5.5 with the two samples themselves, 10 without.
  expect(stdout).toMatch(/ratio 1 \(G5\), .*: they move the diagonal by -4\.5000 at most\n/);
});

test("distortion-matrix: pairs without a finite ratio are reported on standard error, and null in JSON (G4)", async () => {
  save("same.npy", [4, 2], 0, 0, 0, 0, 3, 4, 3, 4);
  save("four.npy", [4], 0, 1, 2, 3);
  const { stdout, stderr } = await measure(
    ...[
      "distortion-matrix",
      "--codes",
      "Z0.npy",
      "--reference",
      "same.npy",
      "--labels",
      "four.npy",
      "--json",
    ],
  );
  expect(stderr).toMatch(/^warning: same\.npy: 4 of 16 pairs coincide here but not in Z0\.npy; .*left out/);
  expect(JSON.parse(stdout)).toMatchObject({
    pairs: { infinite: 4 },
    matrix: [
      [expect.any(Number), null, expect.any(Number), expect.any(Number)],
      expect.anything(),
      expect.anything(),
      expect.anything(),
    ],
  });
});

test("tuning: one map a channel over positions, null where there is no sample (G6)", async () => {
  const result = await json("tuning", "--codes", "Z0.npy", "--labels", "corners.npy");
  expect(result.axes).toEqual([
    [0, 1],
    [0, 1],
  ]);
  expect(result.curves).toEqual([
    [
      [0, 0],
      [0.75, 0.75],
    ],
    [
      [0, 1],
      [0, 1],
    ],
  ]);
  save("diagonal.npy", [4, 2], 0, 0, 1, 1, 0, 0, 1, 1);
  const sparse = await measure("tuning", "--codes", "Z0.npy", "--labels", "diagonal.npy", "--json");
  expect(sparse.stderr).toMatch(/^warning: diagonal\.npy: 2 of 4 cells hold no sample/);
  expect(JSON.parse(sparse.stdout).curves[0]).toEqual([
    [0, null],
    [null, 0.75],
  ]);
  expect((await measure("tuning", "--codes", "Z0.npy", "--labels", "y.csv")).stdout).toMatch(
    /channel +lowest/,
  );
});

test("mds: the map, its stress and its seed; the file is kept unless --force (G8)", async () => {
  const result = await json("mds", "--codes", "Z0.npy", "--seed", "3", "--out", "map.npy");
  expect(result).toMatchObject({ definition: "G8", seed: 3, out: "map.npy" });
  expect(result.stress).toBeLessThan(1e-12);
  // Points of a plane lie in it already; those of space are tried from random starts too.
  expect(result.starts).toHaveLength(1);
  save("tetrahedron.npy", [4, 3], 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1);
  const { starts } = await json("mds", "--codes", "tetrahedron.npy");
  expect(starts.map(({ start }: { start: string }) => start)).toEqual([
    "classical",
    ...[1, 2, 3, 4].map((k) => `random ${k}`),
  ]);
  const map = readArray(join(folder, "map.npy"));
  expect(map.shape).toEqual([4, 2]);
  expect(Math.hypot(map.data[0] - map.data[6], map.data[1] - map.data[7])).toBeCloseTo(5, 6);

  const before = readFileSync(join(folder, "map.npy"));
  expect(await measure("mds", "--codes", "Z.csv", "--out", "map.npy")).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "narrows: map.npy: the file exists. Choose another name, or add --force to replace it.\n",
  });
  expect(readFileSync(join(folder, "map.npy")).equals(before)).toBe(true);
  expect((await measure("mds", "--codes", "Z.csv", "--out", "map.npy", "--force")).stdout).toContain(
    "raw stress",
  );
  expect(readFileSync(join(folder, "map.npy")).equals(before)).toBe(false);
  expect((await json("mds", "--codes", "Z0.npy")).embedding).toHaveLength(4);
});

test("pca: variances, components, and the points along them (G9)", async () => {
  const result = await json("pca", "--codes", "all.npz:Z0", "--components", "2", "--out", "along.csv");
  expect(largestDifference(result.explainedVariance, [16 / 3, 3])).toBeLessThan(1e-12);
  expect(readArray(join(folder, "along.csv")).shape).toEqual([4, 2]);
  expect((await measure("pca", "--codes", "Z0.npy")).stdout).toMatch(
    /component +variance +share\n +0 +5\.3333 +64\.00 %/,
  );
});

test("bad input is one line that names file, place and remedy; exit code 2; nothing is written", async () => {
  save("nan.npy", [2, 2], 0, 1, 2, Number.NaN);
  save("one.npy", [1, 2], 0, 1);
  writeFileSync(join(folder, "cut.npy"), readFileSync(join(folder, "Z0.npy")).subarray(0, 150));
  writeFileSync(join(folder, "header.csv"), "x,y\n1,2\n3,z\n");
  const files = readdirSync(folder);
  const distortion = (latents: string, reference = "Z0.npy", labels = "y.csv") => [
    ...["distortion-matrix", "--codes", latents, "--reference", reference, "--labels", labels],
  ];
  const cases: [string[], RegExp][] = [
    [distortion("Z0.npy", "Z0.npy", "nan.npy"), /nan\.npy, row 1, column 1/],
    [distortion("nan.npy"), /nan\.npy, row 1, column 1 \(both counted from 0\): NaN is not a finite number/],
    [distortion("Z0.npy", "Z0.npy", "four_.npy"), /four_\.npy: no such file/],
    [distortion("one.npy"), /one\.npy: .*fewer than 2 points/],
    [distortion("cut.npy"), /cut\.npy: .*truncated/],
    [distortion("header.csv"), /header\.csv, row 3, column 2: "z" is not a number\. /],
    [distortion("all.npz:W"), /all\.npz: it holds no array named "W"\. .*Z0, y/],
    [distortion("all.npz"), /all\.npz: it does not say which array/],
    [distortion("Z.dat"), /Z\.dat: \.dat is not a kind of array file/],
    [["tuning", "--codes", "Z0.npy", "--labels", "nan.npy"], /nan\.npy, row 1, column 1/],
    [["mds", "--codes", "nan.npy", "--out", "new.npy"], /nan\.npy, row 1, column 1/],
    [["mds", "--codes", "Z0.npy", "--out", "new.txt"], /new\.txt: \.txt is not a kind/],
    [
      ["mds", "--codes", "Z0.npy", "--out", "y.csv/new.npy"],
      /y\.csv: a part of this path is a file, not a folder/,
    ],
    [
      ["mds", "--codes", "Z0.npy", "--seed", "-1"],
      /--seed -1: -1 is too small\. Give a number of at least 0/,
    ],
    [["mds", "--codes", "Z0.npy", "--seed", "0.5"], /--seed 0\.5: expected a whole number/],
    [["mds", "--codes", "Z0.npy", "--dimensions", "0"], /--dimensions 0: 0 is too small.*at least 1/],
    [
      ["pca", "--codes", "Z0.npy", "--components", "3", "--out", "new.npy"],
      /Z0\.npy: .*2 principal components, not 3/,
    ],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await measure(...args, "--json");
    expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^narrows: [^\n]+\.\n$/);
  }
  save("three.npy", [3], 0, 1, 2);
  expect((await measure(...distortion("Z0.npy", "Z0.npy", "three.npy"))).stderr).toBe(
    "narrows: three.npy: it holds 3 samples, but Z0.npy holds 4. Give both for the same samples, in the same order.\n",
  );
  expect((await measure("distortion-matrix", "--codes", "Z0.npy")).status).toBe(2);
  rmSync(join(folder, "three.npy"));
  expect(readdirSync(folder)).toEqual(files);
});

test("D9: what a CSV file was taken for is a warning beside the JSON, and options say otherwise", async () => {
  writeFileSync(join(folder, "counted.csv"), "0;1,5;2\n1;2,5;3\n2;4,5;5\n");
  const pca = async (...options: string[]) => {
    const { stdout, stderr } = await measure("pca", "--codes", "counted.csv", "--json", ...options);
    return { mean: JSON.parse(stdout).mean, stderr };
  };
  const inferred = await pca();
  expect(inferred.mean).toHaveLength(2);
  expect(inferred.stderr).toMatch(
    /^warning: counted\.csv: read with .*semicolons, decimal commas, column 1 left out[^\n]+\n$/,
  );
  expect((await pca("--index", "no", "--delimiter", "semicolon")).mean).toHaveLength(3);
  rmSync(join(folder, "counted.csv"));
});

describe.skipIf(published.missing)(`narrows measure, ${published.title}`, () => {
  const latents = (key: string) => `${published.path("latents.npz")}:${key}`;

  test("distortion-matrix: the capacity matrix of the Baseline, to 1e-5", async () => {
    const result = await json(
      ...["distortion-matrix", "--codes", latents("base_low_Z"), "--reference", latents("base_high_Z")],
      ...["--labels", latents("base_high_y")],
    );
    expect(result.labels).toHaveLength(169);
    expect(result.labels[12]).toEqual([0, 12]);
    const expected = published.array("capacity_distortion_169.npz:base");
    expect(largestDifference(result.matrix.flat(), expected.data)).toBeLessThan(1e-5);
  });

  test("tuning: the curves of E1M1, to 1e-6", async () => {
    const result = await json(
      "tuning",
      "--codes",
      latents("bottomBias_low_Z"),
      "--labels",
      latents("base_low_y"),
    );
    const expected = published.array("tuning_curves.npz:bottomBias_low");
    expect(largestDifference(result.curves.flat(2), expected.data)).toBeLessThan(1e-6);
  });

  test("mds: no more than 1 % above the stored map's stress", async () => {
    const { stress } = await json("mds", "--codes", latents("bottomBias_high_Z"), "--out", "published.npy");
    const stored = published.facts().latent_mu_statistics.bottomBias_high.mds_raw_stress;
    expect(stress).toBeLessThanOrEqual(1.01 * stored);
  });
});
