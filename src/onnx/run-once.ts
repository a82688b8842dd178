import { input } from "../tensor/tensor.js";
import { compileProgram, type ProgramOutputs } from "./compile.js";
import type { Device } from "./devices.js";
import type { Buffers, Feeds, KeptOutputs } from "./session.js";

/** Opens a program on a device, runs it a single time and releases it. */
export async function runOnce(
  device: Device,
  program: ProgramOutputs,
  feeds: Feeds,
  into: Buffers,
): Promise<void> {
  const session = await device.open(compileProgram(program, device.limits));
  try {
    await session.run(feeds, into);
  } finally {
    await session.release();
  }
}

/**
 * Copies what was kept on a device into arrays, by name. It is done by a program of copies: onnxruntime-node (1.30) has no other way, and ends
 * the process when a kept tensor is asked for its data.
 */
export async function readKept(device: Device, kept: KeptOutputs, into: Buffers): Promise<void> {
  const names = Object.keys(kept);
  if (names.length === 0) return;
  const copyOf = (name: string) => `${name}.read`;
  const copies = names.map(
    (name) => [copyOf(name), input(name, kept[name]!.shape, { kind: "state" })] as const,
  );
  const arrays = names.map((name) => [copyOf(name), into[name]!] as const);
  await runOnce(device, Object.fromEntries(copies), kept, Object.fromEntries(arrays));
}
