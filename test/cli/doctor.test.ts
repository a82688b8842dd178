import { describe, expect, test } from "vitest";
import { aboutDevice, instructionsIn } from "../../src/cli/commands/doctor.js";
import { commandLine } from "./narrows.js";

const { narrows } = commandLine("doctor");

test("every device is reported, with what is missing and what to do; the processor works", async () => {
  const { status, stdout, stderr } = await narrows("doctor", "--json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    node: process.versions.node,
    onnxruntime: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(report.memoryBytes).toBeGreaterThan(2 ** 28);
  const devices = Object.fromEntries(report.devices.map((one: { device: string }) => [one.device, one]));
  expect(Object.keys(devices)).toEqual(["cpu", "webgpu", "cuda", "wasm"]);
  expect(devices.cpu).toMatchObject({ works: true, missing: [] });
  for (const name of ["webgpu", "cuda"]) {
    const { works, missing } = devices[name];
    expect(missing.length > 0, name).toBe(!works);
    for (const { what, remedy } of missing) expect([what, remedy]).not.toContain("");
  }
});

test("a variable that names no folder is said", async () => {
  const before = process.env.NARROWS_CUDA;
  process.env.NARROWS_CUDA = "nowhere";
  try {
    const { stdout } = await narrows("doctor");
    expect(stdout).toMatch(/^cpu +works$/m);
    expect(stdout).toMatch(/^wasm +in a browser only$/m);
    if (process.platform === "linux" && process.arch === "x64")
      expect(stdout).toMatch(/missing: NARROWS_CUDA is .*nowhere, which is not a folder\n +Install/);
  } finally {
    if (before === undefined) delete process.env.NARROWS_CUDA;
    else process.env.NARROWS_CUDA = before;
  }
});

describe("a device in lines", () => {
  const preparation = { runtime: "", libraries: [], binding: undefined };

  test("that works: what was found", () => {
    const found = { provider: "/a/lib.so", CUDA: "13" };
    expect(aboutDevice({ device: "cuda", works: true, missing: [], found, preparation })).toBe(
      "works\nprovider: /a/lib.so\nCUDA: 13",
    );
  });

  test("that does not: what is missing, and what to do", () => {
    const missing = [{ what: "no a", remedy: "Install a" }, { what: "no b" }];
    expect(aboutDevice({ device: "webgpu", works: false, missing, found: {}, preparation })).toBe(
      "does not work\nmissing: no a\n  Install a.\nmissing: no b",
    );
  });
});

test("sets of instructions are those that matter, of Intel and ARM", () => {
  const intel = "processor\t: 0\nflags\t\t: fpu sse2 fma avx avx2 avx512f avx512cd amx_tile\nbugs\t: none\n";
  expect(instructionsIn(intel)).toEqual(["fma", "avx", "avx2", "avx512f", "amx_tile"]);
  expect(instructionsIn("Features\t: fp asimd sve\n")).toEqual(["asimd", "sve"]);
  expect(instructionsIn("")).toEqual([]);
});
