import { ownPartsOf } from "../configuration/own-parts.js";
import type { Configuration } from "../configuration/schema.js";
import { isAutoencoderSettings } from "../model/kinds.js";
import type { Likelihood } from "../model/parts.js";
import { partsWith } from "../model/slots.js";
import type { Metrics } from "../runs/metrics.js";
import { soundRunMetrics } from "../runs/newest.js";
import type { Run } from "../runs/run.js";

/** What a run came to in the plane of rate and distortion. */
export interface RunTrade {
  /** Steps made before it was measured. */
  readonly step: number;
  /** Nats per image (rule R3). */
  readonly rateNats: number;
  /** `exact`, `upper-bound` or `monte-carlo`; undefined where the metrics do not say. */
  readonly rateEstimator: string | undefined;
  /** Per image, in the likelihood's unit. */
  readonly distortion: number;
  /** rate + distortion, where the distortion is -log p(x|z) in nats per image. */
  readonly negativeElboNats: number | undefined;
  /** All that was measured with it. */
  readonly metrics: Metrics;
}

/** The likelihood of an autoencoder's configuration; undefined for a model of another kind. */
export function likelihoodOf(configuration: Configuration): Likelihood | undefined {
  const { model } = configuration;
  if (!isAutoencoderSettings(model)) return undefined;
  return partsWith(ownPartsOf(configuration)).likelihood.make(model.likelihood);
}

/**
 * The newest evaluation on the validation rows that has a rate and a distortion; undefined where there is
 * none.
 * @param configuration the run's own, which says the unit of the distortion.
 * @throws UserError when the metrics cannot be read, or are not those that were written.
 */
export function tradeOf(run: Run, configuration: Configuration): RunTrade | undefined {
  const metrics = soundRunMetrics(run).findLast(
    ({ split, rateNats, distortion }) =>
      split === "validation" && typeof rateNats === "number" && typeof distortion === "number",
  );
  if (!metrics) return undefined;
  const { step, rateNats, distortion, rateEstimator } = metrics as Metrics &
    Record<"rateNats" | "distortion", number>;
  const isInNats = likelihoodOf(configuration)?.isNegativeLogLikelihood;
  return {
    step,
    rateNats,
    distortion,
    rateEstimator: typeof rateEstimator === "string" ? rateEstimator : undefined,
    negativeElboNats: isInNats ? rateNats + distortion : undefined,
    metrics,
  };
}
