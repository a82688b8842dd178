/**
 * `narrows/parts`: what parts of your own are made of (docs/extending.md). It loads no engine; files that are given with
 * `--with` find it under this name wherever they lie.
 */
export * as z from "zod";
export type { Dataset, ImageTable } from "./data/dataset.js";
export { asDataset } from "./data/fingerprint.js";
export { type DatasetSource, defineSource } from "./data/sources/source.js";
export { type Problem, UserError } from "./errors.js";
export type { FigureSpec } from "./figures/figure.js";
export * from "./figures/own-figure.js";
export { gaussianPosterior, logDensityAtNoise, sampleGaussian } from "./model/channels/gaussian-posterior.js";
export { standardNormalLogDensity } from "./model/marginals/standard-normal.js";
export { defineMetric, type MeasuredBatch, type OwnMetric } from "./model/own-metric.js";
export { definePart, type Part, type PartKind, type PartKinds } from "./model/part.js";
export type * from "./model/parts.js";
export * from "./nn/index.js";
export {
  type Bounds,
  choice,
  flag,
  type Item,
  list,
  number,
  type Setting,
  type SettingOptions,
  type Settings,
  text,
  type ValuesOf,
  whole,
} from "./settings/index.js";
export * from "./tensor/index.js";
export {
  composite,
  defineOperation,
  type GradientContext,
  type OperationDefinition,
} from "./tensor/operation.js";
export type { Constant, OnnxForm } from "./tensor/tensor.js";
