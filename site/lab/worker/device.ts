import type { Device } from "../../../src/onnx/devices.js";
import { webDevice } from "../../../src/onnx/web.js";
import type { Machine } from "../core/contract.js";
import type { Experiment } from "../core/experiment.js";

/** More threads than these wait for each other at the sizes of the lab. */
const MAX_THREADS = 4;
/** Fewer cores than these train the paper's network no faster by threads of ONNX Runtime than Narrows does on one. */
const CORES_FOR_THREADS = 4;

/**
 * The device that trains a network here, and what this browser lacks. The small network has too little to share among threads.
 * @throws Error where the browser has no WebAssembly.
 */
export async function openDevice(
  wasmPaths: string,
  network: Experiment["network"],
): Promise<{ readonly device: Device; readonly machine: Omit<Machine, "openMilliseconds"> }> {
  if (typeof WebAssembly === "undefined") {
    throw new Error(
      "This browser has no WebAssembly, in which the lab computes. Use a current Firefox, Chrome, Edge or Safari.",
    );
  }
  const cores = navigator.hardwareConcurrency || 1;
  const wantsThreads = network === "paper" && cores >= CORES_FOR_THREADS;
  const threads = wantsThreads && crossOriginIsolated ? Math.min(MAX_THREADS, cores - 1) : 1;
  const missing =
    wantsThreads && threads === 1
      ? [
          "The page is not isolated, so that one thread trains: this network is slower. Reload the page once, or serve it with the headers COOP and COEP.",
        ]
      : [];
  const device = await webDevice("wasm", { wasmPaths, threads });
  return { device, machine: { device: "wasm", threads, missing } };
}
