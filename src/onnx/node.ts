import { availableParallelism } from "node:os";
import type { InferenceSession } from "onnxruntime-common";
import { UserError } from "../errors.js";
import { availability } from "./availability.js";
import type { CompiledProgram } from "./compile.js";
import { type Device, type DeviceName, unavailable } from "./devices.js";
import { loadRuntime } from "./runtime.js";
import { openSession, type Session } from "./session.js";
import { loadLibrary, operatorsOnProcessor, type Preparation } from "./trial.js";
import { WEBGPU_LIMITS } from "./webgpu-limits.js";

/**
 * The device of this name in Node.
 * @param threads Threads for the processor; all cores by default.
 * @throws UserError when the device is not there; it says what is missing.
 */
export async function nodeDevice(name: DeviceName, threads = availableParallelism()): Promise<Device> {
  return name === "cpu" ? processor(threads) : accelerator(name);
}

async function processor(threads: number): Promise<Device> {
  const runtime = await loadRuntime();
  const options: InferenceSession.SessionOptions = {
    executionProviders: ["cpu"],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
  };
  return {
    name: "cpu",
    threads,
    limits: {},
    keepsOutputs: false,
    open: (program, kept) => openSession(runtime, program, options, "filled", kept),
  };
}

async function accelerator(name: Exclude<DeviceName, "cpu">): Promise<Device> {
  const { works, missing, preparation } = await availability(name);
  if (!works) throw unavailable(name, missing);
  // CUDA's products would round their factors to 10 bits (TF32), which trainings do not survive to 1e-3; the variable is NVIDIA's.
  if (name === "cuda") process.env.NVIDIA_TF32_OVERRIDE ??= "0";
  preparation.libraries.forEach(loadLibrary);
  const runtime = await loadRuntime();
  const options: InferenceSession.SessionOptions = {
    executionProviders: [name],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    // An error is thrown, and reported in one line: the runtime does not have to print it too.
    logSeverityLevel: 4,
    // What the device has no kernel for would be computed on the processor, with copies there and back, without a word.
    extra: { session: { disable_cpu_ep_fallback: "1" } },
  };
  return {
    name,
    threads: 1,
    limits: name === "webgpu" ? WEBGPU_LIMITS : {},
    // The runtime's binding for Node (1.30) keeps outputs of WebGPU alone.
    keepsOutputs: name === "webgpu",
    async open(program, kept): Promise<Session> {
      try {
        return await openSession(runtime, program, options, "filled", kept);
      } catch (error) {
        throw await withOperators(error, name, program, preparation);
      }
    },
  };
}

/** Names the operators for which a program was refused, where that is why. */
async function withOperators(
  error: unknown,
  name: DeviceName,
  { bytes }: CompiledProgram,
  preparation: Preparation,
): Promise<unknown> {
  if (!(error instanceof Error && error.message.includes("fallback to CPU EP"))) return error;
  const operators = [...(await operatorsOnProcessor(name, bytes, preparation))];
  const list = operators.map(([operator, count]) => `${operator} (${count})`).join(", ") || "its operators";
  return new UserError({
    where: `--device ${name}`,
    what: `ONNX Runtime would compute a part of this model on the processor, since it has no kernel for ${list} there`,
    remedy: "Use --device cpu",
    cause: error,
  });
}
