/**
 * Programs: symbolic tensors, their operations and gradients, and what compiles them to ONNX. It runs anywhere; a device to open a
 * program on comes from `nodeDevice` of `narrows` or `webDevice` of `narrows/web`.
 */
export {
  type CompiledProgram,
  type CompileOptions,
  compileProgram,
  type ProgramAbout,
  type ProgramLimits,
  type ProgramOutputs,
  type Replacement,
} from "../onnx/compile.js";
export { DEVICE_NAMES, type Device, type DeviceName } from "../onnx/devices.js";
export type { Buffers, Feeds, Kept, KeptOutputs, Session } from "../onnx/session.js";
export { PhiloxStream } from "../random/stream.js";
export * from "../tensor/index.js";
