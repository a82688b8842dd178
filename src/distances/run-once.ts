import { compileProgram, type ProgramOutputs } from "../onnx/compile.js";
import type { Device } from "../onnx/devices.js";
import type { Buffers } from "../onnx/session.js";

/** Opens a program on a device, runs it a single time and releases it. */
export async function runOnce(
  device: Device,
  program: ProgramOutputs,
  feeds: Buffers,
  into: Buffers,
): Promise<void> {
  const session = await device.open(compileProgram(program, device.limits));
  try {
    await session.run(feeds, into);
  } finally {
    await session.release();
  }
}
