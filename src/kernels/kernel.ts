import { once } from "../once.js";

// Inner loops that JavaScript has no instructions for. Each is a `.wat` file here, WebAssembly as text; the `-module.ts` next to it holds its bytes, and
// `test/kernels` writes it again if the text has changed.

/** A function of a kernel: it takes and gives numbers, addresses among them. */
export type KernelFunction = (...numbers: number[]) => void;

const PAGE_BYTES = 65_536;

/** A kernel with a memory of its own. */
export interface OpenKernel {
  readonly memory: ArrayBuffer;
  readonly functions: Readonly<Record<string, KernelFunction>>;
}

/**
 * What opens a kernel, each time with a memory of at least this number of bytes; undefined if the engine lacks its instructions.
 * @param base64 its bytes.
 */
export function kernel(base64: string): (bytes: number) => OpenKernel | undefined {
  const decoded = once(() => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  // Compiled once: until the engine has run it for a while, its code is slow.
  const compiled = once(() => new WebAssembly.Module(decoded()));
  return (bytes) => {
    if (typeof WebAssembly === "undefined" || !WebAssembly.validate(decoded())) return undefined;
    const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) });
    const { exports } = new WebAssembly.Instance(compiled(), { host: { memory } });
    return { memory: memory.buffer, functions: exports as Record<string, KernelFunction> };
  };
}
