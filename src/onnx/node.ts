import { availableParallelism } from "node:os";
import type { InferenceSession } from "onnxruntime-common";
import { availability } from "./availability.js";
import type { Device, DeviceName } from "./devices.js";
import { loadLibrary } from "./load-library.js";
import { unavailable } from "./missing.js";
import { loadRuntime } from "./runtime.js";
import { openSession } from "./session.js";

/**
 * The device of this name in Node.
 * @param threads Threads for the processor; all cores where not given.
 * @throws UserError when the device is not there; it says what is missing.
 */
export async function nodeDevice(name: DeviceName, threads = availableParallelism()): Promise<Device> {
  if (name !== "cpu") {
    const { works, missing, libraries } = await availability(name);
    if (!works) throw unavailable(name, missing);
    libraries.forEach(loadLibrary);
  }
  const runtime = await loadRuntime();
  return {
    name,
    threads: name === "cpu" ? threads : 1,
    mostOperands: name === "webgpu" ? 6 : undefined,
    // The runtime's binding for Node (1.30) keeps outputs of WebGPU alone.
    keepsOutputs: name === "webgpu",
    open: (program, kept) => openSession(runtime, program, sessionOptions(name, threads), "filled", kept),
  };
}

function sessionOptions(name: DeviceName, threads: number): InferenceSession.SessionOptions {
  return {
    executionProviders: [name],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    ...(name !== "cpu" && { extra: { session: { disable_cpu_ep_fallback: "1" } } }),
  };
}
