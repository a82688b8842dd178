/**
 * `narrows/parts`: what parts of your own are made of (docs/extending.md). It loads no engine; files that are given with
 * `--with` find it under this name wherever they lie.
 */
export { z } from "zod";
export type { Dataset, ImageTable } from "./data/dataset.js";
export { asDataset } from "./data/fingerprint.js";
export { type DatasetSource, defineSource } from "./data/sources/source.js";
export { UserError } from "./errors.js";
export type { FigureSpec } from "./figures/figure.js";
export * from "./figures/own-figure.js";
export { gaussianPosterior, logDensityAtNoise, sampleGaussian } from "./model/channels/gaussian-posterior.js";
export { standardNormalLogDensity } from "./model/marginals/standard-normal.js";
export { defineMetric, type MeasuredBatch, type OwnMetric } from "./model/own-metric.js";
export { definePart, type Part, type PartKind, type PartKinds } from "./model/part.js";
export type * from "./model/parts.js";
export * from "./nn/index.js";
export { choice, flag, list, number, text, whole } from "./settings/index.js";
export * from "./tensor/index.js";
export { composite, defineOperation } from "./tensor/operation.js";
