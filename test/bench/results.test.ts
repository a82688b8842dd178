import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Measurement } from "../../bench/measurement.js";
import { previousFile, type Results, readResults, writeResults } from "../../bench/results.js";
import { tableLines } from "../../bench/table.js";
import { UserError } from "../../src/errors.js";

const step: Measurement = { key: "step", label: "a step", value: 4, unit: "ms", better: "lower" };
const rate: Measurement = { key: "rate", label: "a rate", value: 12_345, unit: "/s", better: "higher" };
const results: Results = {
  version: "0.1.0",
  commit: "abc1234",
  date: "2026-01-01T00:00:00.000Z",
  machine: {
    processor: "Some Processor",
    cores: 2,
    memoryGigabytes: 8,
    system: "linux x64",
    node: "20.19.0",
    onnxruntime: "1.30.0",
  },
  load: { before: 0, after: 1 },
  measurements: [{ ...step, details: { median: 5, variant: "plain" } }, rate],
  skipped: ["PyTorch is not compared"],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "narrows-test-bench-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("results of the bench", () => {
  it("come back from their file as they were", () => {
    const path = join(folder, "sub", "results.json");
    writeResults(path, results);
    expect(readResults(path)).toEqual(results);
  });

  it("are compared with the newest release, else with the last run", () => {
    expect(previousFile(join(folder, "none"))).toBeUndefined();
    expect(previousFile(folder)).toBeUndefined();
    writeFileSync(join(folder, "latest.json"), "{}");
    expect(previousFile(folder)).toBe(join(folder, "latest.json"));
    for (const name of ["0.9.0.json", "0.10.0.json", "notes.json"]) writeFileSync(join(folder, name), "{}");
    expect(previousFile(folder)).toBe(join(folder, "0.10.0.json"));
  });

  it("that are none are refused in one line", () => {
    const path = join(folder, "broken.json");
    writeFileSync(path, "{");
    expect(() => readResults(path)).toThrow(UserError);
    expect(() => readResults(join(folder, "none.json"))).toThrow(/no such file/);
  });

  it("say of a change whether it is for the better", () => {
    const before = [
      { ...step, value: 5 },
      { ...rate, value: 24_690 },
    ];
    expect(tableLines([step, rate], before)).toEqual([
      expect.stringMatching(/^a step +4\.00 +ms +-20 % \(better\)$/),
      expect.stringMatching(/^a rate +12,345 +\/s +-50 % \(worse\)$/),
    ]);
    expect(tableLines([step], [step])[0]).toContain("unchanged");
    expect(tableLines([step])[0]).toBe("a step  4.00  ms");
    expect(tableLines([{ ...rate, details: { limit: 1.5 } }])[0]).toMatch(/at least 1\.5$/);
  });
});
