import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine, hasBegun } from "./narrows.js";

const { folder, narrows, narrowsKilled } = commandLine("reproduce");
writeFileSync(join(folder, "a-file"), "");

test("--dry-run says what would be trained with its steps, and writes nothing", async () => {
  const asked = ["--only", "baseline,E2M5", "--capacities", "0.3,3", "--preset", "paper", "--dry-run"];
  const { status, stdout, stderr } = await narrows("reproduce", "geometry", ...asked);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^E2M5, C = 0\.3, seed 0\s+e2m5-published-heads-c0\.3-s0\s+to do\s+7,974\s+7,974$/m);
  expect(stdout).toMatch(/^classifiers on Baseline, C = 3, seed 0\s+on-baseline-c3-s0\s+to do/m);
  expect(stdout).toMatch(/6 runs, 42,528 steps left/);
  expect((await narrows("reproduce", "geometry", ...asked, "--no-frozen")).stdout).toMatch(
    /4 runs, 26,580 steps left/,
  );
  const result = JSON.parse(
    (await narrows("reproduce", "geometry", "--dry-run", "--json", "--seeds", "3")).stdout,
  );
  expect(result).toHaveLength((8 + 5) * 2 * 3);
  expect(result[0]).toEqual({
    name: "Baseline, C = 0.3, seed 0",
    run: "baseline-quick-c0.3-s0",
    state: "to do",
    stepsLeft: 1596,
    totalSteps: 1596,
  });
  expect(readdirSync(folder)).toEqual(["a-file"]);
});

test.each([
  [
    "an unknown model",
    ["--only", "E2M9"],
    /--only E2M9: "E2M9" is not known \(did you mean E2M\d\?\)\. Give one of Baseline, E1M1/,
  ],
  [
    "a capacity of 0",
    ["--capacities", "0.3,0"],
    /--capacities 0\.3,0: 0 is too small\. Give a number of more than 0/,
  ],
  ["a capacity in words", ["--capacities", "ten"], /--capacities ten: expected a number, found "ten"/],
  ["no seeds", ["--seeds", "0"], /--seeds 0: 0 is too small\. Give a number of at least 1/],
  ["half a worker", ["--workers", "0.5"], /--workers 0\.5: expected a whole number/],
  ["a file for a folder", ["--out", "a-file"], /--out a-file: this is a file/],
])("%s is reported in one line with exit code 2, and nothing is written", async (_, options, message) => {
  const { status, stdout, stderr } = await narrows("reproduce", "geometry", ...options);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd()).not.toContain("\n");
  expect(existsSync(join(folder, "runs"))).toBe(false);
});

test("Ctrl-C lets the workers save and exits with 130; the same command continues", async () => {
  const asked = [
    "reproduce",
    "geometry",
    "--preset",
    "paper",
    "--only",
    "E1M2",
    "--capacities",
    "10",
    "--workers",
    "1",
  ];
  const begun = () => hasBegun(join(folder, "runs", "e1m2-c10-s0"));
  const stopped = await narrowsKilled(begun, "SIGINT", ...asked);
  const result = async () => JSON.parse((await narrows(...asked, "--dry-run", "--json")).stdout);
  expect(stopped.status).toBe(130);
  expect(stopped.stderr).toMatch(
    /E1M2, C = 10, seed 0: stopped, and saved\nstopped: 0 of 1 runs are finished/,
  );
  const [{ state, stepsLeft, totalSteps }] = await result();
  expect({ state, totalSteps }).toEqual({ state: "continues", totalSteps: 3516 });
  expect(stepsLeft).toBeLessThan(3516);
  expect(JSON.parse(readFileSync(join(folder, "runs/e1m2-c10-s0/manifest.json"), "utf8"))).toMatchObject({
    status: "interrupted",
  });
  expect(existsSync(join(folder, "reproduction"))).toBe(false);
});
