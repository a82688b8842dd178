import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { availability } from "../../src/onnx/availability.js";
import { unavailable } from "../../src/onnx/devices.js";
import { RUNTIME_REMEDY } from "../../src/onnx/runtime-files.js";
import { explained, type Preparation, placedOnProcessor } from "../../src/onnx/trial.js";
import { fakeMachine } from "./fake-host.js";

const { root, write, host } = fakeMachine();
const loader = { "libvulkan.so.1": "/usr/lib/libvulkan.so.1" };
const manifest = write("vulkan/some_icd.json", "{}");

/** A trial that says this, and remembers what it was asked. */
function trialThatSays(reason: string | undefined) {
  const asked: [string, Preparation][] = [];
  const trial = async (provider: string, preparation: Preparation) => {
    asked.push([provider, preparation]);
    return reason;
  };
  return { asked, trial };
}

describe("webgpu", () => {
  test("on Linux wants a Vulkan loader and a driver, and is tried out with both", async () => {
    const { asked, trial } = trialThatSays(undefined);
    const environment = { XDG_DATA_HOME: root, VK_DRIVER_FILES: join(root, "nowhere") };
    const neither = await availability("webgpu", host({ environment }), trial);
    expect(neither.works).toBe(false);
    expect(neither.missing.map(({ what }) => what)).toEqual([
      "no Vulkan loader, libvulkan.so.1",
      expect.stringContaining("no Vulkan driver"),
    ]);
    expect(asked).toEqual([]);
    for (const path of [manifest, join(root, "vulkan")]) {
      const there = host({ environment: { VK_DRIVER_FILES: path }, libraries: loader });
      expect(await availability("webgpu", there, trial)).toMatchObject({
        works: true,
        missing: [],
        found: { "Vulkan drivers": manifest },
      });
    }
    expect(asked).toHaveLength(2);
  });

  test("what the trial says counts", async () => {
    const there = host({ environment: { VK_ICD_FILENAMES: manifest }, libraries: loader });
    const { works, missing } = await availability(
      "webgpu",
      there,
      trialThatSays("No supported adapters").trial,
    );
    expect(works).toBe(false);
    expect(unavailable("webgpu", missing).message).toBe(
      "--device webgpu: not available here (No supported adapters). Install a graphics driver with Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS), or use --device cpu.",
    );
  });

  test("is not there on Linux arm64, and only tried elsewhere", async () => {
    const { asked, trial } = trialThatSays(undefined);
    expect((await availability("webgpu", host({ architecture: "arm64" }), trial)).works).toBe(false);
    expect(
      (await availability("webgpu", host({ platform: "darwin", architecture: "arm64" }), trial)).works,
    ).toBe(true);
    expect(asked.map(([provider]) => provider)).toEqual(["webgpu"]);
  });
});

test("the processor is tried out too; wasm is a browser's", async () => {
  expect(await availability("cpu", host(), trialThatSays(undefined).trial)).toMatchObject({ works: true });
  expect(await availability("cpu", host(), trialThatSays("broken").trial)).toMatchObject({
    works: false,
    missing: [{ what: "broken", remedy: RUNTIME_REMEDY }],
  });
  const { asked, trial } = trialThatSays(undefined);
  expect((await availability("wasm", host(), trial)).missing).toEqual([{ what: "a browser's device" }]);
  expect(asked).toEqual([]);
});

test("what lacks several things is refused in one line with every remedy once", () => {
  const missing = [
    { what: "no a", remedy: "Install both" },
    { what: "no b", remedy: "Install both" },
    { what: "no c" },
  ];
  expect(unavailable("cuda", missing).message).toBe(
    "--device cuda: not available here (no a; no b; no c). Install both, or use --device cpu.",
  );
});

test("the runtime's words are brought down to what is wrong", () => {
  const logged =
    "[E:onnxruntime:, provider_bridge_ort.cc:2146 Create] FAIL : Failed to load library /a/b.so with error: libcuda.so.1: cannot open shared object file";
  expect(explained("Failed to load shared library", logged)).toBe(
    "libcuda.so.1: cannot open shared object file",
  );
  const call =
    "/src/cuda_call.cc:154 CudaCall(ERRTYPE) CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=vm ; expr=cudaSetDevice(0);";
  expect(explained(call, "")).toBe("CUDA failure 100: no CUDA-capable device is detected");
  expect(explained("/src/context.cc:136 Initialize() status == Success was false. No adapters", "")).toBe(
    "No adapters",
  );
  expect(explained("something else", "")).toBe("something else");
});

test("operators left to the processor are counted in the runtime's log", () => {
  const line = (text: string) =>
    `2026-01-01 [V:onnxruntime:, session_state.cc:1383 VerifyEachNodeIsAssignedToAnEp] ${text}`;
  const log = [
    "2026-01-01 [V:onnxruntime:, other.cc:1 Other]   Sign (not a placement)",
    line("Node placements"),
    line(" Node(s) placed on [CPUExecutionProvider]. Number of nodes: 3"),
    line("  Sign (Sign#1)"),
    line("  LogSoftmax (LogSoftmax#7)"),
    line("  Sign (Sign#9)"),
    line(" Node(s) placed on [WebGpuExecutionProvider]. Number of nodes: 1"),
    line("  Add (Add#2)"),
  ].join("\n");
  expect([...placedOnProcessor(log)]).toEqual([
    ["Sign", 2],
    ["LogSoftmax", 1],
  ]);
  expect(placedOnProcessor("").size).toBe(0);
});
