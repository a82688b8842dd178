import { dense } from "../../nn/dense.js";
import type { Scope } from "../../nn/scope.js";
import { add, divide, exp, multiply, square, subtract } from "../../tensor/operations/elementwise.js";
import { reshape, slice } from "../../tensor/operations/layout.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { named, type Tensor } from "../../tensor/tensor.js";
import type { Gaussian } from "../parts.js";

const LOG_TWO_PI = Math.log(2 * Math.PI);

/**
 * A normal distribution of D dimensions for each image, by one dense layer.
 * @param features [B, F].
 * @param dimensions D.
 * @returns means and log-variances, [B, D] each.
 */
export function gaussianPosterior(scope: Scope, features: Tensor, dimensions: number): Gaussian {
  const posterior = dense(scope.in("posterior"), features, 2 * dimensions, 2);
  return {
    mean: named(slice(posterior, 1, 0, dimensions), "mean"),
    logVariance: named(slice(posterior, 1, dimensions, 2 * dimensions), "logVariance"),
  };
}

/**
 * A sample of each of some normal distributions, mean + e^(logVariance / 2) * noise (Kingma and Welling
 * 2014), and the standard normal noise that made it.
 * @param scope where the noise is asked for.
 * @param posterior means and log-variances, [B, D] each.
 * @returns [B, D] each.
 */
export function sampleGaussian(
  scope: Scope,
  { mean, logVariance }: Gaussian,
): { code: Tensor; noise: Tensor } {
  const noise = scope.noise("noise", mean.shape);
  return { code: add(mean, multiply(exp(multiply(logVariance, 0.5)), noise)), noise };
}

/**
 * log q(z|x) in nats at z = mean + e^(logVariance / 2) * noise, for each row.
 * @param noise [B, D].
 * @param posterior [B, D].
 * @returns [B].
 */
export function logDensityAtNoise(noise: Tensor, { logVariance }: Gaussian): Tensor {
  return sumOver(divide(add(add(square(noise), logVariance), LOG_TWO_PI), -2), [1]);
}

/**
 * log density in nats of rows [B, D] under K normal distributions [K, D]: [B, K]. Differences are taken before they are
 * squared, so that narrow distributions far from 0 lose no digits.
 */
export function logDensityUnder(code: Tensor, { mean, logVariance }: Gaussian): Tensor {
  const [batch, dimensions] = code.shape as [number, number];
  const rows = mean.shape[0]!;
  const apart = subtract(reshape(code, [batch, 1, dimensions]), reshape(mean, [1, rows, dimensions]));
  const narrow = reshape(exp(multiply(logVariance, -0.5)), [1, rows, dimensions]);
  const distance = sumOver(square(multiply(apart, narrow)), [2]);
  const volume = reshape(sumOver(add(logVariance, LOG_TWO_PI), [1]), [1, rows]);
  return multiply(add(distance, volume), -0.5);
}
