import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeArray } from "../../src/data/arrays/index.js";
import { informationImbalance } from "../../src/geometry/information-imbalance/index.js";
import {
  grideScan,
  levinaBickel,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../../src/geometry/intrinsic-dimension/index.js";
import { nearestNeighbours } from "../../src/geometry/neighbours/index.js";
import type { Points } from "../../src/geometry/points.js";
import { normalPoints, pointsOf } from "../distances/rows.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("dimension");
const dimension = (...args: string[]) => narrows("measure", "intrinsic-dimension", ...args);
const imbalance = (...args: string[]) => narrows("measure", "information-imbalance", ...args);

function save(name: string, { count, dimension: columns, coordinates }: Points): void {
  writeArray(join(folder, name), { shape: [count, columns], data: coordinates as Float64Array });
}

/** What the command prints as JSON, when it has nothing to warn of. */
function quiet(run: { status: number | null; stdout: string; stderr: string }) {
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(run.stdout);
}

const cube = normalPoints(120, 3);
// The same points on a curved sheet: other distances, nearly the same neighbours.
const sheet = pointsOf(120, 5, (row, column) => Math.sin(cube.coordinates[3 * row + (column % 3)] + column));
const twins = pointsOf(120, 3, (row, column) => cube.coordinates[3 * (row === 7 ? 2 : row) + column]);
save("cube.npy", cube);
save("sheet.npy", sheet);
save("twins.npy", twins);
save("two.npy", normalPoints(2, 3));
save(
  "equal.npy",
  pointsOf(20, 3, () => 0.25),
);
// The first column alone says nearly all of the other space, the third nothing.
save("weighed.npy", cube);
save(
  "told.npy",
  pointsOf(120, 2, (row, column) => cube.coordinates[3 * row + column] * (column === 0 ? 1 : 0.3)),
);
save("short.npy", normalPoints(50, 3));
save(
  "broken.npy",
  pointsOf(20, 3, (row, column) => (row === 7 && column === 2 ? Number.NaN : row + column)),
);

describe("intrinsic-dimension", () => {
  const of = (points: Points, k: number) => nearestNeighbours(points, k);

  test("every method gives what the estimators give on exact neighbours (N5 to N10)", async () => {
    const known = {
      twonn: { definition: "N5", discard: 0.1, ...twoNnFit(of(cube, 2)) },
      "twonn-ml": { definition: "N6", ...twoNnMaximumLikelihood(of(cube, 2)) },
      "twonn-bayes": { definition: "N7", ...twoNnBayes(of(cube, 2)) },
      gride: { definition: "N9", k: 64, scales: grideScan(of(cube, 64)) },
      mle: { definition: "N10", k: 20, ...levinaBickel(of(cube, 20)) },
    };
    for (const [method, result] of Object.entries(known)) {
      expect(quiet(await dimension("--codes", "cube.npy", "--method", method, "--json"))).toMatchObject({
        codes: "cube.npy",
        method,
        points: 120,
        columns: 3,
        duplicates: { policy: "drop-points", repeated: 0, dropped: 0 },
        ...result,
      });
    }
  });

  test("settings of a method reach it", async () => {
    expect(quiet(await dimension("--codes", "cube.npy", "--discard", "0.5", "--json"))).toMatchObject(
      twoNnFit(of(cube, 2), { discard: 0.5 }),
    );
    const gride = quiet(await dimension("--codes", "cube.npy", "--method", "gride", "--k", "9", "--json"));
    expect(gride.scales.map(({ n2 }: { n2: number }) => n2)).toEqual([2, 4, 8]);
    expect(
      quiet(await dimension("--codes", "cube.npy", "--method", "mle", "--k", "10", "--json")),
    ).toMatchObject({
      k: 10,
      ...levinaBickel(of(cube, 10)),
    });
  });

  test("drawn queries are asked among all points, and another seed draws others", async () => {
    const drawn = async (seed: string) =>
      quiet(await dimension("--codes", "cube.npy", "--queries", "40", "--seed", seed, "--json"));
    expect(await drawn("0")).toMatchObject({ queries: 40, points: 120, seed: 0 });
    expect(await drawn("0")).toEqual(await drawn("0"));
    expect((await drawn("1")).dimension).not.toBe((await drawn("0")).dimension);
  });

  test("decimation: one share, or halvings (N12, N13)", async () => {
    const [quarter] = quiet(
      await dimension("--codes", "cube.npy", "--decimate", "0.25", "--json"),
    ).decimation;
    expect(quarter).toMatchObject({ size: 30, subsets: 4 });
    expect(quarter.dimensions).toHaveLength(4);
    expect(quarter.dimension).toBeCloseTo(
      quarter.dimensions.reduce((sum: number, value: number) => sum + value, 0) / 4,
      12,
    );
    const { decimation } = quiet(await dimension("--codes", "cube.npy", "--decimate", "halvings", "--json"));
    expect(decimation.map(({ size, subsets }: Record<string, number>) => [size, subsets])).toEqual([
      [60, 2],
      [30, 4],
      [15, 8],
    ]);
  });

  test("rows that repeat one are dropped, kept or refused, and told (N3)", async () => {
    const dropped = await dimension("--codes", "twins.npy", "--json");
    expect(dropped).toMatchObject({
      status: 0,
      stderr: "warning: twins.npy: 1 of 120 points repeat an earlier one, and are dropped\n",
    });
    expect(JSON.parse(dropped.stdout)).toMatchObject({
      points: 119,
      queries: 119,
      duplicates: { repeated: 1, dropped: 1 },
    });
    const kept = await dimension("--codes", "twins.npy", "--duplicates", "drop-mu", "--json");
    expect(kept.stderr).toBe(
      "warning: twins.npy: 1 of 120 points repeat an earlier one; all are kept\n" +
        "warning: twins.npy: 2 distances are 0, and left out\n",
    );
    expect(JSON.parse(kept.stdout)).toMatchObject({
      points: 120,
      queries: 118,
      zeroDistances: 2,
      duplicates: { repeated: 1, dropped: 0 },
    });
    const refused = await dimension("--codes", "twins.npy", "--duplicates", "error");
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(
      /^narrows: twins\.npy: 1 of 120 points repeat an earlier one, the first of them in row 7 .*\n$/,
    );
  });

  test("a table for people", async () => {
    const one = await dimension("--codes", "cube.npy", "--decimate", "0.5");
    expect(one).toMatchObject({ status: 0, stderr: "" });
    expect(one.stdout).toMatch(
      /^cube\.npy: 120 points of 3 columns\nTwoNN, .*largest 10 %.*\n\ndimension +standard error +linked error +scale +tied\n +\d\.\d{4} .*\n\npoints +subsets /,
    );
    const scales = await dimension("--codes", "cube.npy", "--method", "gride", "--k", "4", "--queries", "30");
    expect(scales.stdout).toMatch(
      /^cube\.npy: 30 of 120 points .*\n.*\n\nneighbours .*\n +1, 2 .*\n +2, 4 .*\n$/,
    );
  });

  test("where there is no dimension it is null, and the reason is a warning", async () => {
    save(
      "lattice.npy",
      pointsOf(64, 3, (row, column) => (row >> (2 * column)) & 3),
    );
    const lattice = await dimension("--codes", "lattice.npy", "--json");
    expect(lattice).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^warning: lattice\.npy: no dimension: .*\n$/),
    });
    expect(JSON.parse(lattice.stdout)).toMatchObject({ dimension: null, tied: 64 });
  });

  test.each([
    [["two.npy"], /^narrows: two\.npy: it holds 2 points/],
    [["equal.npy"], /^narrows: equal\.npy: all 20 points are equal/],
    [["broken.npy"], /^narrows: broken\.npy, row 7, column 2 \(both counted from 0\): NaN is not a finite/],
    [["cube.npy", "--method", "mle", "--k", "120"], /^narrows: cube\.npy: each of 120 points has 119/],
    [["cube.npy", "--queries", "121"], /^narrows: --queries 121: cube\.npy has 120 points/],
    [["cube.npy", "--k", "5"], /^narrows: --k: the method twonn has 2 neighbours/],
    [["cube.npy", "--method", "mle", "--discard", "0.2"], /^narrows: --discard: the method mle fits no line/],
    [
      ["cube.npy", "--method", "gride", "--decimate", "0.5"],
      /^narrows: --decimate: the method gride has scales/,
    ],
    [["cube.npy", "--decimate", "thirds"], /^narrows: --decimate thirds: this is not a share.*nor halvings/],
    [["cube.npy", "--decimate", "0.01"], /^narrows: decimation: a share of 0\.01 of 120 points/],
  ])("%j is refused in one line", async (args, message) => {
    const refused = await dimension("--codes", ...args);
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(message);
    expect(refused.stderr.trimEnd()).not.toContain("\n");
  });
});

describe("information-imbalance", () => {
  test("both directions, exactly as on plain arrays, for one neighbour and for several (J1 to J4)", async () => {
    for (const k of [1, 4]) {
      const known = informationImbalance(cube, sheet, { k });
      expect(
        quiet(await imbalance("--codes", "cube.npy", "--codes", "sheet.npy", "--k", String(k), "--json")),
      ).toMatchObject({
        definition: "J1",
        codes: ["cube.npy", "sheet.npy"],
        aToB: known.aToB.imbalance,
        bToA: known.bToA.imbalance,
        standardErrors: { aToB: known.aToB.standardError, bToA: known.bToA.standardError },
        symmetrised: known.symmetrised,
        relative: known.relative,
        rankSums: { aToB: known.aToB.rankSum, bToA: known.bToA.rankSum },
        k,
        samples: 120,
        queries: 120,
        columns: { a: 3, b: 5 },
        duplicates: { a: 0, b: 0 },
        ties: { aToB: 0, bToA: 0 },
      });
    }
  });

  test("a space against itself has the least imbalance there is, (k + 1)/N, and queries may be drawn", async () => {
    const self = quiet(await imbalance("--codes", "cube.npy", "--codes", "cube.npy", "--k", "3", "--json"));
    expect([self.aToB, self.bToA]).toEqual([4 / 120, 4 / 120]);
    const drawn = quiet(
      await imbalance("--codes", "cube.npy", "--codes", "cube.npy", "--queries", "30", "--json"),
    );
    expect(drawn).toMatchObject({ aToB: 2 / 120, queries: 30, samples: 120, seed: 0 });
  });

  test("lines for people; duplicates are a warning, ties are told (J4)", async () => {
    const result = await imbalance("--codes", "twins.npy", "--codes", "sheet.npy");
    expect(result).toMatchObject({
      status: 0,
      stderr: expect.stringMatching(/^warning: twins\.npy: 1 of 120 samples repeat an earlier one; .*\n$/),
    });
    expect(result.stdout).toMatch(
      /^information imbalance of 120 samples, nearest neighbours\nA twins\.npy, 3 columns; B sheet\.npy, 5 columns\n\nA -> B {2}0\.\d{4} ± .*\nB -> A {2}0\..*\nboth {4}0\..*\n$/,
    );
    save(
      "grid.npy",
      pointsOf(120, 2, (row, column) => (column === 0 ? row % 10 : Math.floor(row / 10))),
    );
    const tied = await imbalance("--codes", "grid.npy", "--codes", "cube.npy");
    expect(tied.stdout).toMatch(/A -> B .*; 120 of 120 neighbours chosen among equally near ones\n/);
  });

  test.each([
    [["cube.npy", "short.npy"], /^narrows: short\.npy: it holds 50 samples, but cube\.npy holds 120/],
    [["two.npy", "two.npy"], /^narrows: two\.npy: it holds 2 points/],
    [["cube.npy", "broken.npy"], /^narrows: broken\.npy, row 7, column 2/],
    [["equal.npy", "equal.npy"], /^narrows: equal\.npy: all 20 points are equal/],
    [
      ["cube.npy", "sheet.npy", "--k", "120"],
      /^narrows: cube\.npy: each of 120 points has 119 neighbours, not 120/,
    ],
  ])("%j are refused in one line", async ([a, b, ...rest], message) => {
    const refused = await imbalance("--codes", a, "--codes", b, ...rest);
    expect(refused).toMatchObject({ status: 2, stdout: "" });
    expect(refused.stderr).toMatch(message);
    expect(refused.stderr.trimEnd()).not.toContain("\n");
  });
});

test("feature-weights: columns that tell the other space, as JSON and as a table", async () => {
  const asked = [
    "measure",
    "feature-weights",
    "--codes",
    "weighed.npy",
    "--reference",
    "told.npy",
    "--rows",
    "80",
  ];
  const result = await narrows(...asked, "--json");
  expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: "" });
  const { importance, imbalance, startImbalance, definition } = JSON.parse(result.stdout);
  expect(definition).toBe("J11");
  expect(importance[0]).toBe(1);
  expect(importance[2]).toBeLessThan(0.3);
  expect(imbalance).toBeLessThan(startImbalance);
  const { stdout } = await narrows(...asked);
  expect(stdout).toMatch(
    /^imbalance 0\.\d+ with these weights, .*\(80 rows\)\n\ncolumn +importance +weight\n +0 +1\.0000 /,
  );
  const refused = await narrows(
    "measure",
    "feature-weights",
    "--codes",
    "weighed.npy",
    "--reference",
    "told.npy",
    "--l1",
    "x",
  );
  expect(refused).toMatchObject({ status: 2 });
  expect(refused.stderr).toMatch(/^narrows: --l1 x: expected a number/);
});
