/** The rate of one gaussian dimension (rule R1), and its densities. */

export interface GaussianRate {
  /** What the distance of the mean from 0 costs, in nats: mean^2 / 2. */
  readonly meanNats: number;
  /** What a width other than 1 costs, in nats: (variance - 1 - ln variance) / 2. */
  readonly widthNats: number;
}

/** The divergence of N(mean, deviation^2) from the standard normal marginal, in its two parts, in nats. @param deviation Above 0. */
export function gaussianRate(mean: number, deviation: number): GaussianRate {
  const variance = deviation ** 2;
  return { meanNats: mean ** 2 / 2, widthNats: (variance - 1 - Math.log(variance)) / 2 };
}

/** The density of N(mean, deviation^2) at a value. */
export const gaussianDensity = (value: number, mean: number, deviation: number): number =>
  Math.exp(-(((value - mean) / deviation) ** 2) / 2) / (deviation * Math.sqrt(2 * Math.PI));
