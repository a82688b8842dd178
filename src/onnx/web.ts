import * as runtime from "onnxruntime-web/webgpu";
import type { Device } from "./devices.js";
import { openSession } from "./session.js";

/** How a browser reaches the runtime's wasm files and how many threads they may use. */
export interface WebOptions {
  /** Folder or file addresses of the wasm binaries; beside the script where not given. */
  readonly wasmPaths?: string;
  /** Threads; more than 1 needs a cross-origin isolated page. */
  readonly threads?: number;
}

/**
 * The device of this name in a browser.
 * @throws Error when WebGPU is asked for and the browser has none.
 */
export async function webDevice(name: "wasm" | "webgpu", options: WebOptions = {}): Promise<Device> {
  const threads = options.threads ?? 1;
  if (options.wasmPaths) runtime.env.wasm.wasmPaths = options.wasmPaths;
  runtime.env.wasm.numThreads = threads;
  if (name === "webgpu" && !(await hasWebGpu())) {
    throw new Error("WebGPU is not available: use a browser that has it, or the device wasm");
  }
  return {
    name,
    threads,
    mostOperands: name === "webgpu" ? 6 : undefined,
    open: (program) =>
      openSession(runtime, program, { executionProviders: [name], graphOptimizationLevel: "all" }),
  };
}

async function hasWebGpu(): Promise<boolean> {
  const gpu = (navigator as { gpu?: { requestAdapter(): Promise<object | null> } }).gpu;
  return gpu !== undefined && (await gpu.requestAdapter()) !== null;
}
