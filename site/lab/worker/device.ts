import type { Device } from "../../../src/onnx/devices.js";
import { webDevice } from "../../../src/onnx/web.js";
import type { Machine } from "../core/contract.js";

/**
 * The device that trains here, and what this browser lacks. One thread: programs then run by the inner loops of Narrows, which open at once
 * and make more steps than two threads of ONNX Runtime (docs/speed.md).
 * @throws Error where the browser has no WebAssembly.
 */
export async function openDevice(
  wasmPaths: string,
): Promise<{ readonly device: Device; readonly machine: Omit<Machine, "openMilliseconds"> }> {
  if (typeof WebAssembly === "undefined") {
    throw new Error(
      "This browser has no WebAssembly, in which the lab computes. Use a current Firefox, Chrome, Edge or Safari.",
    );
  }
  const threads = 1;
  const device = await webDevice("wasm", { wasmPaths, threads });
  return { device, machine: { device: "wasm", threads, missing: [] } };
}
