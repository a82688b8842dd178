import { input } from "../tensor/tensor.js";
import { compileProgram } from "./compile.js";
import type { Device } from "./devices.js";
import type { Buffers, KeptOutputs } from "./session.js";

const SUFFIX = ".read";

/**
 * Copies what was kept on a device into arrays, by name. It is done by a program of copies: onnxruntime-node (1.30) has no other way, and ends
 * the process when a kept tensor is asked for its data.
 */
export async function readKept(device: Device, kept: KeptOutputs, into: Buffers): Promise<void> {
  if (Object.keys(kept).length === 0) return;
  const copies = Object.entries(kept).map(
    ([name, { shape }]) => [name + SUFFIX, input(name, shape, { kind: "state" })] as const,
  );
  const session = await device.open(compileProgram(Object.fromEntries(copies), device.limits));
  try {
    const arrays = Object.keys(kept).map((name) => [name + SUFFIX, into[name]!] as const);
    await session.run(kept, Object.fromEntries(arrays));
  } finally {
    await session.release();
  }
}
