import { availableParallelism } from "node:os";
import type { InferenceSession } from "onnxruntime-common";
import * as runtime from "onnxruntime-node";
import { UserError } from "../errors.js";
import type { Device, DeviceName } from "./devices.js";
import { openSession } from "./session.js";
import { whyUnavailable } from "./trial.js";

/** What to install where a device is missing in Node. */
const REMEDIES: Record<Exclude<DeviceName, "cpu">, string> = {
  webgpu:
    "Install a graphics driver with Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS), or use --device cpu",
  cuda: "On Linux x64, install CUDA 12, cuDNN 9 and onnxruntime-node's CUDA libraries (npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12), or use --device cpu",
  wasm: "Use --device cpu",
};

/**
 * The device of this name in Node.
 * @param threads Threads for the processor; all cores where not given.
 * @throws UserError when the device is not there; it says what to install.
 */
export async function nodeDevice(name: DeviceName, threads = availableParallelism()): Promise<Device> {
  if (name !== "cpu") {
    const reason = name === "wasm" ? "a browser's device" : await whyUnavailable(name);
    if (reason !== undefined)
      throw new UserError({
        where: `--device ${name}`,
        what: `not available here (${reason})`,
        remedy: REMEDIES[name],
      });
  }
  return {
    name,
    threads: name === "cpu" ? threads : 1,
    mostOperands: name === "webgpu" ? 6 : undefined,
    open: (program) => openSession(runtime, program, sessionOptions(name, threads), "filled"),
  };
}

function sessionOptions(name: DeviceName, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [name],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
  };
}
