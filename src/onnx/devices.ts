import { UserError } from "../errors.js";
import type { CompiledProgram, ProgramLimits } from "./compile.js";
import type { Session } from "./session.js";

/** Where programs can run. Which of them there are depends on the host: Node or a browser. */
export const DEVICE_NAMES = ["cpu", "webgpu", "cuda", "wasm"] as const;
/** Name of a device: the processor, WebGPU, CUDA, or WebAssembly in a browser. */
export type DeviceName = (typeof DEVICE_NAMES)[number];

/** A place to run programs. */
export interface Device {
  readonly name: DeviceName;
  /** Threads a program may use; 1 where the device has no say in it. */
  readonly threads: number;
  /** To be compiled with: what it cannot do. */
  readonly limits: ProgramLimits;
  /** Whether outputs can stay on the device for later runs. On the processor there is nothing to gain. */
  readonly keepsOutputs: boolean;
  /**
   * Loads a program, so that it can be run any number of times.
   * @param kept Names of the outputs that stay on the device, where it keeps any.
   */
  open(program: CompiledProgram, kept?: readonly string[]): Promise<Session>;
}

/** What a device lacks here, and what to do about it; no remedy where nothing can be done. */
export interface Missing {
  readonly what: string;
  readonly remedy?: string;
}

/** That a device asked for is not there, in one line. */
export function unavailable(device: DeviceName, missing: readonly Missing[]): UserError {
  const remedies = [...new Set(missing.flatMap(({ remedy }) => remedy ?? []))];
  return new UserError({
    where: `--device ${device}`,
    what: `not available here (${missing.map(({ what }) => what).join("; ")})`,
    remedy: remedies.length > 0 ? `${remedies.join(". ")}, or use --device cpu` : "Use --device cpu",
  });
}
