import type { Device } from "./devices.js";
import { openSession } from "./session.js";
import { WEBGPU_LIMITS } from "./webgpu-limits.js";

/** How a browser reaches the runtime's wasm files and how many threads they may use. */
export interface WebOptions {
  /**
   * Address of the folder with the runtime's own files, as they lie in `node_modules/onnxruntime-web/dist`:
   * `ort-wasm-simd-threaded.{mjs,wasm}` for the device wasm, `ort-wasm-simd-threaded.asyncify.{mjs,wasm}` for webgpu.
   * Relative to the page.
   */
  readonly wasmPaths: string;
  /** Threads of the device wasm; more than 1 needs a cross-origin isolated page. The first device settles it. */
  readonly threads?: number;
}

/**
 * The device of this name in a browser. The runtime is loaded here, and only the one that the device needs.
 * @throws Error when WebGPU is asked for and the browser has none, threads and the page is not isolated, or the package
 *   onnxruntime-web is not installed.
 */
export async function webDevice(name: "wasm" | "webgpu", options: WebOptions): Promise<Device> {
  const threads = name === "wasm" ? (options.threads ?? 1) : 1;
  if (threads > 1 && !crossOriginIsolated) {
    throw new Error(
      `${threads} threads need a cross-origin isolated page: send Cross-Origin-Opener-Policy: same-origin and ` +
        "Cross-Origin-Embedder-Policy: require-corp, or use 1 thread",
    );
  }
  if (name === "webgpu" && !(await hasWebGpu())) {
    throw new Error("WebGPU is not available: use a browser that has it, or the device wasm");
  }
  const runtime = await loadWebRuntime(name);
  // When it knows the folder, the runtime starts its threads from its own file, not from the script that bundles it.
  runtime.env.wasm.wasmPaths = new URL(options.wasmPaths.replace(/\/*$/, "/"), location.href).href;
  runtime.env.wasm.numThreads = threads;
  const sessionOptions = { executionProviders: [name], graphOptimizationLevel: "all" } as const;
  return {
    name,
    threads,
    limits: name === "webgpu" ? WEBGPU_LIMITS : {},
    keepsOutputs: name === "webgpu",
    open: (program, kept) => openSession(runtime, program, sessionOptions, "returned", kept),
  };
}

/** Only who uses a browser's device has to install the runtime for browsers, so it may be missing from a bundle. */
async function loadWebRuntime(name: "wasm" | "webgpu") {
  try {
    return await (name === "webgpu" ? import("onnxruntime-web/webgpu") : import("onnxruntime-web/wasm"));
  } catch (cause) {
    throw new Error("The package onnxruntime-web cannot be loaded: npm i onnxruntime-web, and bundle again", {
      cause,
    });
  }
}

async function hasWebGpu(): Promise<boolean> {
  const gpu = (navigator as { gpu?: { requestAdapter(): Promise<object | null> } }).gpu;
  return gpu !== undefined && (await gpu.requestAdapter()) !== null;
}
