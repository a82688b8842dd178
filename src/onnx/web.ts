import { once } from "../once.js";
import type { Device } from "./devices.js";
import { openDirectly } from "./direct/session.js";
import { openSession } from "./session.js";
import { WEBGPU_LIMITS } from "./webgpu-limits.js";

/** How a browser runs programs, and reaches the runtime's wasm files where it needs them. */
export interface WebOptions {
  /**
   * Address of the folder with the runtime's own files, as they lie in `node_modules/onnxruntime-web/dist`:
   * `ort-wasm-simd-threaded.{mjs,wasm}` for the device wasm, `ort-wasm-simd-threaded.asyncify.{mjs,wasm}` for webgpu.
   * Relative to the page, or in a worker to its script. Nothing is fetched from it by the engine `direct`.
   */
  readonly wasmPaths: string;
  /** Threads of the device wasm; more than 1 needs a cross-origin isolated page. The first device settles it. Default: 1. */
  readonly threads?: number;
  /**
   * What runs programs on wasm. `direct`, the default with 1 thread: inner loops that are part of this package, which open in milliseconds and take
   * about half the runtime's time; a program with an operation that it does not know goes to the runtime. `onnxruntime`: always the runtime.
   */
  readonly engine?: "direct" | "onnxruntime";
  /**
   * Called once, with the browser's reason, when it takes the device webgpu away: what was kept on it is gone, and programs that were opened on it
   * run no more.
   */
  readonly onLost?: (why: string) => void;
}

/**
 * The device of this name in a browser, on a page or in a worker. The runtime is loaded when a program first needs it, and only the one that the device
 * needs; for webgpu at once.
 * @throws Error when WebGPU is asked for and the browser has none, threads and the page is not isolated, threads and the engine `direct`, or the
 *   package onnxruntime-web is needed and not installed.
 */
export async function webDevice(name: "wasm" | "webgpu", options: WebOptions): Promise<Device> {
  const threads = name === "wasm" ? (options.threads ?? 1) : 1;
  const engine = options.engine ?? (threads === 1 ? "direct" : "onnxruntime");
  if (threads > 1 && engine === "direct")
    throw new Error(`the engine direct runs on 1 thread: use the engine onnxruntime for ${threads}`);
  if (threads > 1 && !crossOriginIsolated) {
    throw new Error(
      `${threads} threads need a cross-origin isolated page: send Cross-Origin-Opener-Policy: same-origin and ` +
        "Cross-Origin-Embedder-Policy: require-corp, or use 1 thread",
    );
  }
  if (name === "webgpu" && !(await hasWebGpu())) {
    throw new Error("WebGPU is not available: use a browser that has it, or the device wasm");
  }
  const onRuntime = once(() => runtimeOpener(name, threads, options));
  if (name === "webgpu") await onRuntime();
  return {
    name,
    threads,
    limits: name === "webgpu" ? WEBGPU_LIMITS : {},
    keepsOutputs: name === "webgpu",
    async open(program, kept) {
      const session = name === "wasm" && engine === "direct" ? openDirectly(program) : undefined;
      return session ?? (await onRuntime())(program, kept);
    },
  };
}

/** What opens programs in the runtime for browsers. */
async function runtimeOpener(
  name: "wasm" | "webgpu",
  threads: number,
  { wasmPaths, onLost }: WebOptions,
): Promise<Device["open"]> {
  const runtime = await loadWebRuntime(name);
  // When it knows the folder, the runtime starts its threads from its own file, not from the script that bundles it.
  runtime.env.wasm.wasmPaths = new URL(wasmPaths.replace(/\/*$/, "/"), location.href).href;
  runtime.env.wasm.numThreads = threads;
  const sessionOptions = { executionProviders: [name], graphOptimizationLevel: "all" } as const;
  // The runtime makes its device with the first session.
  const watchDevice = once(async () => {
    const { lost } = (await runtime.env.webgpu.device) as unknown as { lost: Promise<{ message: string }> };
    void lost.then(({ message }) => onLost?.(message || "the browser has taken the device away"));
  });
  return async (program, kept) => {
    const session = await openSession(runtime, program, sessionOptions, "returned", kept);
    if (name === "webgpu") await watchDevice();
    return session;
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
