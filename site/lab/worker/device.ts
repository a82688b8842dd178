import type { Device } from "../../../src/onnx/devices.js";
import { webDevice } from "../../../src/onnx/web.js";
import { type AdapterInfo, type GpuKind, gpuKindOf, type HostFacts, type Way } from "../core/ways.js";

interface Adapter {
  /** Where it is said in earlier browsers. */
  readonly isFallbackAdapter?: boolean;
  readonly info?: AdapterInfo;
}

/** What this browser is known to have at once, without anything that takes time. */
export function hostFacts(): HostFacts {
  return {
    isIsolated: crossOriginIsolated,
    processors: navigator.hardwareConcurrency ?? 1,
    gpu: gpuOf() ? undefined : "none",
  };
}

/** Looks for a graphics card: the browser may have to start a process for it. */
export async function lookForGpu(): Promise<GpuKind> {
  const gpu = gpuOf();
  if (!gpu) return "none";
  // A browser whose graphics were shut down throws in place of null.
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) return "no adapter";
  const { isFallbackAdapter, vendor, architecture, device, description } = adapter.info ?? {};
  return gpuKindOf({
    isFallbackAdapter: isFallbackAdapter ?? adapter.isFallbackAdapter,
    vendor,
    architecture,
    device,
    description,
  });
}

const gpuOf = () => (navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } }).gpu;

/**
 * Opens a way to compute. On one thread programs run by the inner loops of Narrows, which open at once and make more steps than two threads
 * of ONNX Runtime (docs/speed.md).
 * @param wasmPaths Address of the folder with the runtime's files.
 * @param onLost Called with the reason when the browser takes the device away.
 * @throws Error where the browser has no WebAssembly.
 */
export async function openWay(
  { device, threads }: Pick<Way, "device" | "threads">,
  wasmPaths: string,
  onLost: (why: string) => void,
): Promise<Device> {
  if (typeof WebAssembly === "undefined") {
    throw new Error(
      "This browser has no WebAssembly, in which the lab computes. Use a current Firefox, Chrome, Edge or Safari.",
    );
  }
  return webDevice(device, { wasmPaths, threads, onLost });
}
