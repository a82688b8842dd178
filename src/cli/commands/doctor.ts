import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { memoryBytes } from "../../files/memory.js";
import { type Availability, availability } from "../../onnx/availability.js";
import { DEVICE_NAMES } from "../../onnx/devices.js";
import { type Host, thisHost } from "../../onnx/host.js";
import { defineCommand } from "../command/define.js";
import { formatBytes } from "../format.js";
import { definitionLines } from "../table.js";

/** What decides how fast the runtime's kernels are, of what /proc/cpuinfo lists. */
const INSTRUCTIONS = /^(avx|avx2|fma|avx512f|avx512_vnni|avx512_bf16|amx_tile|asimd|sve|sve2)$/;

export default defineCommand({
  details: `
Each device is tried out with a small program, in a process of its own. For cuda, the environment variable NARROWS_CUDA names
a folder with ONNX Runtime's and CUDA's libraries, such as a Python environment in which onnxruntime-gpu of the same version
is installed. NARROWS_ONNXRUNTIME names the folder of an onnxruntime-node to use in place of the one that comes with
Narrows. The device wasm is for browsers. docs/gpu.md says more.`,
  examples: ["narrows doctor", "NARROWS_CUDA=cuda narrows doctor", "narrows doctor --json"],
  async run() {
    const host = thisHost();
    // One after the other: each has the machine to itself.
    const devices: Availability[] = [];
    for (const name of DEVICE_NAMES) devices.push(await availability(name, host));
    const machine = describeMachine(host);
    const {
      node,
      onnxruntime,
      onnxruntimeFolder,
      system,
      processor,
      cores,
      instructions,
      memoryBytes: memory,
    } = machine;
    return {
      json: {
        ...machine,
        devices: devices.map(({ device, works, missing, found }) => ({ device, works, missing, found })),
      },
      text: definitionLines([
        ["Node", `${node}, ${system}`],
        ["ONNX Runtime", `${onnxruntime}, ${onnxruntimeFolder}`],
        [
          "processor",
          `${processor}, ${cores} cores${instructions.length > 0 ? ` (${instructions.join(", ")})` : ""}`,
        ],
        ["memory", formatBytes(memory)],
        ...devices.map((device) => [device.device, aboutDevice(device)] as const),
      ]),
    };
  },
});

function describeMachine({ runtime, platform, architecture }: Host) {
  return {
    node: process.versions.node,
    onnxruntime: runtime.version,
    onnxruntimeFolder: runtime.folder,
    system: `${platform} ${architecture}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    instructions: instructionsIn(processorInformation()),
    memoryBytes: memoryBytes(),
  };
}

/** What a device is worth here, as lines: whether it works, what was found, what is missing and what to do. */
export function aboutDevice({ device, works, missing, found }: Availability): string {
  if (device === "wasm") return "in a browser only";
  return [
    works ? "works" : "does not work",
    ...Object.entries(found).map(([name, value]) => `${name}: ${value}`),
    ...missing.flatMap(({ what, remedy }) => [`missing: ${what}`, ...(remedy ? [`  ${remedy}.`] : [])]),
  ].join("\n");
}

/** Sets of instructions that matter, in text like that of /proc/cpuinfo. */
export function instructionsIn(information: string): string[] {
  const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(information)?.[1] ?? "";
  return flags.split(/\s+/).filter((flag) => INSTRUCTIONS.test(flag));
}

/** What Linux says of the processor; nothing on other systems. */
function processorInformation(): string {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    // No such file.
    return "";
  }
}
