import { cudaPieces } from "./cuda/pieces.js";
import type { DeviceName } from "./devices.js";
import { type Host, thisHost } from "./host.js";
import type { Missing } from "./missing.js";
import { bindingWithCuda } from "./runtime.js";
import { whyUnavailable } from "./trial.js";
import { vulkanDrivers, vulkanMissing } from "./vulkan.js";

/** Whether a device works here, and what was found on the way. */
export interface Availability {
  readonly device: DeviceName;
  readonly works: boolean;
  /** Empty where it works. */
  readonly missing: readonly Missing[];
  /** What is there, by what it is. */
  readonly found: Readonly<Record<string, string>>;
  /** Libraries to load before the device is used. */
  readonly libraries: readonly string[];
}

/** A way to try a device out; tests give another. */
export type Trial = typeof whyUnavailable;

/** Whether a device works on a machine: what it needs is looked for, and if all is there it is tried out. */
export async function availability(
  device: DeviceName,
  host: Host = thisHost(),
  trial: Trial = whyUnavailable,
): Promise<Availability> {
  const { found, missing, libraries } = piecesOf(device, host);
  if (device === "cpu" || device === "wasm" || missing.length > 0)
    return { device, works: missing.length === 0, missing, found, libraries };
  const preparation = { libraries, binding: device === "cuda" ? bindingWithCuda(host) : undefined };
  const reason = await trial(device, host.runtime.entry, preparation);
  if (reason === undefined) return { device, works: true, missing, found, libraries };
  return {
    device,
    works: false,
    missing: [{ what: reason, remedy: GENERAL_REMEDIES[device] }],
    found,
    libraries,
  };
}

/** Where everything that is looked for is there, and yet it does not work. */
const GENERAL_REMEDIES: Record<Exclude<DeviceName, "cpu" | "wasm">, string> = {
  webgpu: "Install a graphics driver with Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS)",
  cuda: "See that nvidia-smi lists the card, and that its driver is as new as CUDA",
};

function piecesOf(device: DeviceName, host: Host): Pick<Availability, "found" | "missing" | "libraries"> {
  switch (device) {
    case "cpu":
      return { found: {}, missing: [], libraries: [] };
    case "wasm":
      return { found: {}, missing: [{ what: "a browser's device" }], libraries: [] };
    case "webgpu": {
      if (host.platform !== "linux") return { found: {}, missing: [], libraries: [] };
      if (host.architecture !== "x64") {
        const what = `onnxruntime-node has no WebGPU on Linux ${host.architecture}`;
        return { found: {}, missing: [{ what }], libraries: [] };
      }
      const drivers = vulkanDrivers(host.environment);
      return {
        found: drivers.length > 0 ? { "Vulkan drivers": drivers.join(", ") } : {},
        missing: vulkanMissing(host),
        libraries: [],
      };
    }
    case "cuda": {
      const { provider, version, driver, libraries, missing } = cudaPieces(host);
      return {
        found: {
          ...(provider && { provider }),
          ...(version && { CUDA: String(version) }),
          ...(driver && { "NVIDIA driver": driver }),
        },
        missing,
        libraries,
      };
    }
  }
}
