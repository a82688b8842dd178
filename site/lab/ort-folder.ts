/** Set when the page is built: see ort-files.ts. */
declare const __ORT_VERSION__: string;

/** Where the page finds ONNX Runtime's own files, relative to itself: another version has another address, so that caches never mix them. */
export const ortFolder = (): string => `ort-${__ORT_VERSION__}/`;

/** Files of the runtime that each way to compute needs; the page's own code needs none. */
export const ORT_FILES = {
  own: [],
  threads: ["ort-wasm-simd-threaded.mjs", "ort-wasm-simd-threaded.wasm"],
  webgpu: ["ort-wasm-simd-threaded.asyncify.mjs", "ort-wasm-simd-threaded.asyncify.wasm"],
} as const;
