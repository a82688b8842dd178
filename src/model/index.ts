export { createHead, type Head, type HeadSettings, type Task } from "./heads/index.js";
export { type ClassScores, classScores } from "./heads/scores.js";
export {
  createModel,
  METRIC_NAMES,
  type MetricName,
  type Model,
  type ModelSettings,
  type Pass,
  type PassMetrics,
} from "./model.js";
export type {
  Channel,
  Decoder,
  Encoder,
  ImageShape,
  Likelihood,
  Marginal,
  Objective,
  RateEstimator,
  ScheduleProgress,
  Trade,
  Transmission,
} from "./parts.js";
export { modelSchema } from "./schema.js";
