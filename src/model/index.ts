export { type Classifier, type ClassifierSettings, createClassifier } from "./classifier.js";
export { createHead, type Head, type HeadPass, type HeadSettings, type Task } from "./heads/index.js";
export { type ClassScores, classScores } from "./heads/scores.js";
export { IMAGE_LAYOUTS, type ImageLayout } from "./image-layout.js";
export { createTrainable, isAutoencoder, isAutoencoderSettings, type TrainableSettings } from "./kinds.js";
export type { ImageMetricName, MetricName, WorkedOutName } from "./metrics.js";
export {
  createModel,
  type Model,
  type ModelSettings,
  type Pass,
  type PassMetrics,
  type SentImages,
} from "./model.js";
export type { ModelData } from "./model-data.js";
export { defineMetric, type MeasuredBatch, type OwnMetric } from "./own-metric.js";
export {
  definePart,
  type Part,
  type PartKind,
  type PartKinds,
  type PartSettings,
  type Slot,
} from "./part.js";
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
export { type ModelSchemas, modelSchema, modelSchemas, trainableSchema } from "./schema.js";
export { NARROWS_PARTS, type PartSet, partsWith } from "./slots.js";
export type {
  AuxiliaryNetwork,
  BatchPass,
  ImagesPass,
  JudgedImages,
  Measures,
  PartProgram,
  Trainable,
  TrainablePass,
} from "./trainable.js";
