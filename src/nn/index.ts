export { type AdamSettings, adam, adamStepNumbers } from "./adam.js";
export { convolution, transposedConvolution, type WindowSettings, windowOver } from "./convolution.js";
export { dense } from "./dense.js";
export { type Initialiser, uniformByFan } from "./initialise.js";
export { learningRateSchedule, type OptimizerSettings, optimizerSchema } from "./optimizer-schema.js";
export { ParameterLayout } from "./parameters.js";
export { constantRate, exponentialRate, linearRate, type Progress } from "./schedules.js";
export { type ParameterSpec, Scope } from "./scope.js";
