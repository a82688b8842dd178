import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { TINY } from "../training/tiny.js";
import { commandLine } from "./narrows.js";

const { folder, narrows } = commandLine("distortion-indices");
const configurations = {
  plain: { ...TINY, data: { corridors: { samples: 3000 } } },
  biased: { ...TINY, data: { corridors: { samples: 3000, bias: "lower:2000/260" } } },
};

beforeAll(async () => {
  for (const [name, configuration] of Object.entries(configurations)) {
    writeFileSync(join(folder, `${name}.yaml`), stringify(configuration));
    expect((await narrows("train", `${name}.yaml`, "--threads", "1", "--run", name, "--json")).status).toBe(
      0,
    );
  }
});

test("a run against itself is not distorted: every index is 0 with an interval of 0", async () => {
  const { stdout, status } = await narrows(
    "measure",
    "distortion-indices",
    "plain",
    "--baseline",
    "plain",
    "--labels",
    "E2M1",
    "--json",
  );
  expect(status).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ rule: "xU <= xL", labels: [0, 1] });
  for (const index of [result.prototypization, result.orthogonalization, ...result.specialization.byClass]) {
    expect([index.value, index.low, index.high].map(Math.abs)).toEqual([0, 0, 0]);
  }
});

test("a biased run brings its classes along, and is measured on the baseline's own images", async () => {
  const { stdout, status } = await narrows(
    "measure",
    "distortion-indices",
    "biased",
    "--baseline",
    "plain",
    "--json",
    "--seed",
    "3",
  );
  expect(status).toBe(0);
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ rule: "xL <= 6", run: "biased", baseline: "plain", seed: 3 });
  // The test rows of the plain data: the last 7.5 % of 3000.
  expect(result.stimuli).toBe(225);
  expect(result.prototypization.low).toBeLessThanOrEqual(result.prototypization.value);
  expect((await narrows("measure", "distortion-indices", "biased", "--baseline", "plain")).stdout).toContain(
    "classes by xL <= 6",
  );
});

test.each([
  ["no classes to be had", ["plain", "--baseline", "biased"], /plain: it has no task.*--labels.*xU, xL/],
  ["an unknown label", ["plain", "--baseline", "plain", "--labels", "xM > 2"], /xM/],
  ["an unknown baseline", ["plain", "--baseline", "plane"], /plane: no such run.*plain/],
] as const)("%s is told in one line with exit code 2", async (_, command, message) => {
  const { status, stdout, stderr } = await narrows("measure", "distortion-indices", ...command);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd()).not.toContain("\n");
});
