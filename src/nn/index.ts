export {
  type AdamSettings,
  type AdamState,
  type AdamStep,
  adam,
  adamStepNumbers,
  EPSILON_FORMS,
  type EpsilonForm,
} from "./adam.js";
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
export {
  type Fans,
  INITIALISATION_NAMES,
  type Initialisation,
  type InitialisationName,
  type Initialiser,
  initialisations,
  uniformByFan,
} from "./initialise.js";
export { learningRateSchedule, type OptimizerSettings, optimizerSchema } from "./optimizer-schema.js";
export { type LayoutMisfits, ParameterLayout } from "./parameters.js";
export { constantRate, exponentialRate, heldThenLinearRate, linearRate, type Progress } from "./schedules.js";
export { type LayerDefaults, type ParameterSpec, type Requests, Scope } from "./scope.js";
