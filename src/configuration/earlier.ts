import { isMapping } from "./schema-walk.js";

/**
 * A configuration from the manifest of an earlier version as one of this version: what that version took for granted is
 * written out. One of this version stays as it is.
 */
export function fromEarlierVersion<Given extends object>(configuration: Given): Given {
  const { training } = configuration as { training?: unknown };
  if (!isMapping(training) || training.evaluationBatchSize === undefined) return configuration;
  // There was one batch size for all of an evaluation.
  const metricBatchSize = training.metricBatchSize ?? training.evaluationBatchSize;
  return { ...configuration, training: { ...training, metricBatchSize } };
}
