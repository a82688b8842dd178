// Narrows in a browser: programs of symbolic tensors, compiled and run on wasm or WebGPU. Nothing here needs Node.

export {
  type CompiledProgram,
  type CompileOptions,
  compileProgram,
  type ProgramOutputs,
} from "./onnx/compile.js";
export type { Device, DeviceName } from "./onnx/devices.js";
export type { Buffers, Session } from "./onnx/session.js";
export { type WebOptions, webDevice } from "./onnx/web.js";
export { PhiloxStream } from "./random/stream.js";
export * from "./tensor/index.js";
