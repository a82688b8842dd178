import { availableParallelism } from "node:os";
import type { InferenceSession } from "onnxruntime-common";
import * as runtime from "onnxruntime-node";
import { UserError } from "../errors.js";
import { add } from "../tensor/operations/elementwise.js";
import { constant } from "../tensor/tensor.js";
import { compileProgram } from "./compile.js";
import type { Device, DeviceName } from "./devices.js";
import { openSession } from "./session.js";

/** What to install where a device is missing in Node. */
const REMEDIES: Record<Exclude<DeviceName, "cpu">, string> = {
  webgpu:
    "Install a graphics driver with Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS), or use --device cpu",
  cuda: "Install CUDA 12, cuDNN 9 and onnxruntime-node's CUDA libraries (npm rebuild onnxruntime-node --onnxruntime-node-install=cuda12), or use --device cpu",
  wasm: "Use --device cpu in Node; wasm is for browsers",
};

/**
 * The device of this name in Node.
 * @param threads Threads for the processor; all cores where not given.
 * @throws UserError when the device is not there; it says what to install.
 */
export async function nodeDevice(name: DeviceName, threads = availableParallelism()): Promise<Device> {
  const device: Device = {
    name,
    threads: name === "cpu" ? threads : 1,
    mostOperands: name === "webgpu" ? 6 : undefined,
    open: (program) => openSession(runtime, program, sessionOptions(name, threads)),
  };
  if (name !== "cpu") await probe(name, device);
  return device;
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

/** Runs 1 + 1 on the device: a provider may load and still find no hardware. */
async function probe(name: Exclude<DeviceName, "cpu">, device: Device): Promise<void> {
  const result = new Float32Array(1);
  try {
    const session = await device.open(compileProgram({ two: add(constant(1, [1]), constant(1, [1])) }));
    await session.run({}, { two: result });
    await session.release();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new UserError({
      where: `--device ${name}`,
      what: `not available here (${reason})`,
      remedy: REMEDIES[name],
      cause,
    });
  }
}
