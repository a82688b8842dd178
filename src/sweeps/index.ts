/** Many trainings over a grid of settings, and what they came to. */
export { type GridAxis, type GridValue, parseGridAxis } from "./grid.js";
export {
  groupIntoMethods,
  type MeasuredRun,
  type Method,
  type MethodPoint,
  measureRuns,
} from "./methods.js";
export { checkSweep, planSweep, type SweepChoice, type SweptRun } from "./plan.js";
export { type RunTrade, tradeOf } from "./trade.js";
