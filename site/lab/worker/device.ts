import type { Device } from "../../../src/onnx/devices.js";
import { webDevice } from "../../../src/onnx/web.js";
import type { Machine } from "../core/contract.js";

/** More threads than these wait for each other at the sizes of the lab. */
const MAX_THREADS = 4;
const SMALL_THREADS = 1;

/** The device that trains here, and what this browser lacks. */
export async function openDevice(
  wasmPaths: string,
): Promise<{ readonly device: Device; readonly machine: Omit<Machine, "openMilliseconds"> }> {
  const missing: string[] = [];
  if (typeof WebAssembly === "undefined") {
    throw new Error(
      "This browser has no WebAssembly, in which the lab computes. Use a current Firefox, Chrome, Edge or Safari.",
    );
  }
  const cores = navigator.hardwareConcurrency || 1;
  const threads = crossOriginIsolated ? Math.max(SMALL_THREADS, Math.min(MAX_THREADS, cores - 1)) : 1;
  if (!crossOriginIsolated) {
    missing.push(
      "The page is not isolated, so that one thread trains: the paper's network is slower. Reload the page once, or serve it with the headers COOP and COEP.",
    );
  }
  const device = await webDevice("wasm", { wasmPaths, threads });
  return { device, machine: { device: "wasm", threads, missing } };
}
