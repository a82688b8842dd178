import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../../bench/gpu.sh");

function gpuScript(...args: string[]) {
  const { status, stdout, stderr } = spawnSync("bash", [SCRIPT, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

test.skipIf(process.platform === "win32")(
  "bench/gpu.sh says in one line what it lacks, before it builds anything",
  () => {
    expect(gpuScript("--frob")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "bench/gpu.sh: unknown option --frob; see bench/gpu.sh --help\n",
    });
    expect(gpuScript("--steps")).toMatchObject({
      status: 2,
      stderr: "bench/gpu.sh: --steps needs a value\n",
    });
    expect(gpuScript("--device", "tpu")).toMatchObject({
      status: 2,
      stderr: "bench/gpu.sh: --device is cuda, webgpu or cpu\n",
    });
    const { status, stdout, stderr } = gpuScript("--wheels", import.meta.dirname);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^bench\/gpu\.sh: .* has no wheel of onnxruntime-gpu \d+\.\d+\.\d+: see bench\/gpu\.sh --help\n$|no python3/,
    );
  },
);

test.skipIf(process.platform === "win32")("its help names the wheels to download and the limit", () => {
  const { status, stdout } = gpuScript("--help");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Measures training steps/);
  expect(stdout).toContain('pip download --dest wheels "onnxruntime-gpu[cuda,cudnn]==');
  expect(stdout).toContain("1e-3");
  expect(stdout).not.toContain("set -eu");
});
