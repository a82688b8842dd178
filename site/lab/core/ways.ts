/** Where a page can compute: each way with what speaks against it in this browser. A description alone, nothing is opened. */

export const WAY_NAMES = ["own", "threads", "webgpu"] as const;
/** The page's own WebAssembly on one thread; ONNX Runtime's on several; a graphics card. */
export type WayName = (typeof WAY_NAMES)[number];

export const COMPUTE_CHOICES = ["automatic", ...WAY_NAMES] as const;
/** What the visitor has chosen: a setting of the machine, and none of the experiment. */
export type ComputeChoice = (typeof COMPUTE_CHOICES)[number];

/** What WebGPU computes on. `none`: the browser has no WebGPU; `no adapter`: it has, and nothing to use it with. */
export type GpuKind = "none" | "no adapter" | "software" | "card";

export interface HostFacts {
  /** Whether the page is cross-origin isolated, which threads need. */
  readonly isIsolated: boolean;
  /** Processors as the browser counts them. */
  readonly processors: number;
  /** Undefined: nobody has looked yet. */
  readonly gpu: GpuKind | undefined;
}

export interface Way {
  readonly name: WayName;
  readonly words: string;
  readonly device: "wasm" | "webgpu";
  readonly threads: number;
  /** Why it is not possible here, in one sentence; undefined where it is. */
  readonly blocked: string | undefined;
  /** What is to be known of it before it is chosen. */
  readonly note: string | undefined;
  /** Whether it is measured when the page chooses by itself. */
  readonly isCandidate: boolean;
}

/** On fewer processors threads were measured slower than the page's own code (docs/speed.md). */
const MIN_PROCESSORS = 4;
const MAX_THREADS = 8;

/** All ways, in the order of {@link WAY_NAMES}; the first is always possible. */
export function waysOf({ isIsolated, processors, gpu }: HostFacts): readonly Way[] {
  const threads = Math.min(MAX_THREADS, Math.max(2, processors));
  const noThreads = threadsBlocked(isIsolated, processors);
  const noGpu = gpuBlocked(gpu);
  return [
    {
      name: "own",
      words: "this page's own code, 1 thread",
      device: "wasm",
      threads: 1,
      blocked: undefined,
      note: undefined,
      isCandidate: true,
    },
    {
      name: "threads",
      words: `ONNX Runtime, ${threads} threads`,
      device: "wasm",
      threads,
      blocked: noThreads,
      note:
        noThreads === undefined && processors < MIN_PROCESSORS
          ? `with ${processors} processors: usually slower`
          : undefined,
      isCandidate: noThreads === undefined && processors >= MIN_PROCESSORS,
    },
    {
      name: "webgpu",
      words: "WebGPU",
      device: "webgpu",
      threads: 1,
      blocked: noGpu,
      note: gpu === "software" ? "software adapter: slow" : undefined,
      isCandidate: gpu === "card",
    },
  ];
}

function threadsBlocked(isIsolated: boolean, processors: number): string | undefined {
  if (processors < 2) return "This browser reports one processor, and threads need at least two.";
  if (isIsolated) return undefined;
  return "Threads need an isolated page: reload it, or have its host send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.";
}

function gpuBlocked(gpu: GpuKind | undefined): string | undefined {
  switch (gpu) {
    case undefined:
      return "Looking for a graphics card ...";
    case "none":
      return "This browser has no WebGPU: a current Chrome, Edge, Firefox or Safari may have it.";
    case "no adapter":
      return "This browser has WebGPU, but no graphics card that it can use.";
    default:
      return undefined;
  }
}

/** What a browser says of an adapter; some say little. */
export interface AdapterInfo {
  readonly isFallbackAdapter?: boolean | undefined;
  readonly vendor?: string | undefined;
  readonly architecture?: string | undefined;
  readonly device?: string | undefined;
  readonly description?: string | undefined;
}

/** Names of drivers that compute on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

/** Whether an adapter is a graphics card, or software in its place. */
export function gpuKindOf({ isFallbackAdapter, ...info }: AdapterInfo): "software" | "card" {
  const { vendor, architecture, device, description } = info;
  const names = [vendor, architecture, device, description].join(" ");
  return isFallbackAdapter || SOFTWARE.test(names) ? "software" : "card";
}
