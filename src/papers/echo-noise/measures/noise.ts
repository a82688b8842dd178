import { toPoints } from "../../../geometry/index.js";
import { totalCorrelationGaussian } from "../../../information/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import type { Encoding } from "../../../training/encode.js";

/**
 * What an Echo channel made of images: codes, their means, and the rate of each dimension, which is -ln s.
 */
type Sent = Pick<Encoding, "mean" | "code" | "dimensionRateNats">;

/**
 * The noise that an Echo channel took for each image, (z - f) / s, [N, D].
 * @throws TypeError when the channel has no rate of each dimension: it is no Echo channel.
 */
export function echoNoiseOf({ mean, code, dimensionRateNats }: Sent): NumericArray<Float64Array> {
  if (!dimensionRateNats) throw new TypeError("the scales of this channel are not known");
  return {
    shape: mean.shape,
    data: Float64Array.from(code.data, (z, i) => (z - mean.data[i]!) * Math.exp(dimensionRateNats.data[i]!)),
  };
}

/** Total correlation of Echo's noise as Table 3 has it, by the covariance of samples (rule I2), in nats. */
export function noiseTotalCorrelationNats(sent: Sent, name: string): number {
  return totalCorrelationGaussian(toPoints(echoNoiseOf(sent), name)).totalCorrelationNats;
}
