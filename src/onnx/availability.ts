import { cudaPieces } from "./cuda/pieces.js";
import type { DeviceName, Missing } from "./devices.js";
import { type Host, thisHost } from "./host.js";
import { bindingWithCuda } from "./runtime.js";
import { RUNTIME_REMEDY, runtimeMissing } from "./runtime-files.js";
import { type Preparation, whyUnavailable } from "./trial.js";
import { vulkanDrivers, vulkanMissing } from "./vulkan.js";

/** Whether a device works here, and what was found on the way. */
export interface Availability {
  readonly device: DeviceName;
  readonly works: boolean;
  /** Empty where it works. */
  readonly missing: readonly Missing[];
  /** What is there, by what it is. */
  readonly found: Readonly<Record<string, string>>;
  /** What to load before the device is used. */
  readonly preparation: Preparation;
}

/** What was looked for. */
interface Pieces {
  readonly found: Readonly<Record<string, string>>;
  readonly missing: readonly Missing[];
  readonly libraries?: readonly string[];
}

/** Where everything that is looked for is there, and yet it does not work. */
const GENERAL_REMEDIES = {
  cpu: RUNTIME_REMEDY,
  webgpu: "Install a graphics driver with Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS)",
  cuda: "Check that nvidia-smi lists the card, and that its driver is as new as CUDA",
} as const;

/**
 * Whether a device works on a machine: what it needs is looked for, and if all is there it is tried out.
 * @param trial How it is tried out; tests give another.
 */
export async function availability(
  device: DeviceName,
  host: Host = thisHost(),
  trial: typeof whyUnavailable = whyUnavailable,
): Promise<Availability> {
  const { found, missing, libraries = [] } = piecesOf(device, host);
  const binding = device === "cuda" && missing.length === 0 ? bindingWithCuda(host) : undefined;
  const preparation = { runtime: host.runtime.entry, libraries, binding };
  const common = { device, found, preparation };
  if (device === "wasm" || missing.length > 0) return { ...common, works: missing.length === 0, missing };
  const reason = await trial(device, preparation);
  if (reason === undefined) return { ...common, works: true, missing };
  return { ...common, works: false, missing: [{ what: reason, remedy: GENERAL_REMEDIES[device] }] };
}

function piecesOf(device: DeviceName, host: Host): Pieces {
  if (device === "wasm") return { found: {}, missing: [{ what: "a browser's device" }] };
  const missing = runtimeMissing(host);
  if (missing.length > 0) return { found: {}, missing };
  switch (device) {
    case "cpu":
      return { found: {}, missing };
    case "webgpu":
      return webgpuPieces(host);
    case "cuda": {
      const { provider, version, driver, libraries, missing } = cudaPieces(host);
      const found = {
        ...(provider && { provider }),
        ...(version && { CUDA: String(version) }),
        ...(driver && { "NVIDIA driver": driver }),
      };
      return { found, missing, libraries };
    }
  }
}

/** WebGPU is part of the runtime; on Linux it needs Vulkan, elsewhere what every desktop has. */
function webgpuPieces(host: Host): Pieces {
  if (host.platform !== "linux") return { found: {}, missing: [] };
  if (host.architecture !== "x64")
    return { found: {}, missing: [{ what: `onnxruntime-node has no WebGPU on Linux ${host.architecture}` }] };
  const drivers = vulkanDrivers(host.environment);
  return {
    found: drivers.length > 0 ? { "Vulkan drivers": drivers.join(", ") } : {},
    missing: vulkanMissing(host),
  };
}
