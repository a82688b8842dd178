export { type AdamSettings, adam, adamStepNumbers } from "./adam.js";
export {
  convolution,
  type Padding,
  transposedConvolution,
  type WindowSettings,
  windowOver,
  windowUnder,
} from "./convolution.js";
export { dense } from "./dense.js";
export { applyFlow, type FlowSettings, invertFlow } from "./flow.js";
export { type Initialisation, type Initialiser, initialisations, uniformByFan } from "./initialise.js";
export { learningRateSchedule, type OptimizerSettings, optimizerSchema } from "./optimizer-schema.js";
export { ParameterLayout } from "./parameters.js";
export { constantRate, exponentialRate, heldThenLinearRate, linearRate, type Progress } from "./schedules.js";
export { type ParameterSpec, Scope } from "./scope.js";
