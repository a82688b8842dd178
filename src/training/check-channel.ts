import type { Configuration } from "../configuration/schema.js";
import { UserError } from "../errors.js";
import type { Model } from "../model/model.js";

/**
 * Checks that a channel can do what the rest of an experiment asks of it: that batches hold as many images as its noise is made
 * of, and that the target rate is not below the minimum that it can send.
 * @param images Rows of the training data.
 * @throws UserError naming the setting and its limit.
 */
export function checkChannel(
  { channel, finalTargetRateNats }: Model,
  { training }: Configuration,
  images: number,
): void {
  const { minBatch, minRateNats } = channel;
  for (const setting of ["batchSize", "metricBatchSize"] as const) {
    const size = training[setting];
    if (size >= minBatch) continue;
    throw new UserError({
      where: `training.${setting}`,
      what: `with ${minBatch - 1} terms the noise of an image is made of ${minBatch - 1} others, and a batch holds ${size}`,
      remedy:
        size === 1
          ? `Give batches of at least ${minBatch} images`
          : `Give at least ${minBatch}, or set model.channel.terms to ${size - 1}, which raises the minimum rate`,
    });
  }
  const leftOver = images % training.batchSize;
  if (minBatch > 1 && leftOver === 1 && training.lastBatch !== "drop") {
    throw new UserError({
      where: "training.lastBatch",
      what: "one image is left over in every epoch, and the noise of this channel is made of other images",
      remedy: "Set it to drop, or give another training.batchSize",
    });
  }
  if (finalTargetRateNats !== undefined && finalTargetRateNats < minRateNats) {
    throw new UserError({
      where: "model.objective.capacity",
      what: `${finalTargetRateNats} nats are below the minimum rate of the channel, ${minRateNats.toPrecision(4)} nats in ${channel.dimensions} dimensions`,
      remedy:
        "Give a higher capacity, fewer model.channel.dimensions, or more model.channel.terms and larger batches",
    });
  }
}
