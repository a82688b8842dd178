import type { Command } from "commander";
import { jsonOption } from "../options.js";
import type { DoctorOptions } from "../run-doctor.js";

/** `narrows doctor`. */
export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description("report which devices work here, and for each that does not, what is missing")
    .addOption(jsonOption())
    .addHelpText(
      "after",
      `
Each device is tried out with a small program, in a process of its own. For cuda, the environment variable NARROWS_CUDA names a folder with
ONNX Runtime's and CUDA's libraries, such as a Python environment in which onnxruntime-gpu of the same version is installed. The
device wasm is for browsers. docs/gpu.md says more.

Examples:
  narrows doctor
  NARROWS_CUDA=cuda narrows doctor
  narrows doctor --json`,
    )
    .action(async (options: DoctorOptions) => {
      const { runDoctor } = await import("../run-doctor.js");
      await runDoctor(options);
    });
}
