/** How many stimuli a code keeps apart. */

/** Distance of two means, in standard deviations of the noise, from which a guess by the nearer mean is right in 84 % of cases. */
const APART = 2;

/**
 * The number of stimuli that can all be distinguished through the noise: the size of a set in which every pair of mean codes is two
 * standard deviations of the noise apart or more. The set is found in the order of the stimuli, and is not the largest that there is.
 * @param means Mean code of each stimulus, [stimuli, dimensions].
 * @param noise Standard deviation of the noise in each dimension, [dimensions].
 */
export function separableStimuli(means: Float64Array, noise: Float64Array): number {
  const dimensions = noise.length;
  const chosen: number[] = [];
  for (let stimulus = 0; stimulus < means.length / dimensions; stimulus++) {
    const isApart = chosen.every((other) => {
      let squares = 0;
      for (let d = 0; d < dimensions; d++) {
        squares += ((means[stimulus * dimensions + d]! - means[other * dimensions + d]!) / noise[d]!) ** 2;
      }
      return squares >= APART ** 2;
    });
    if (isApart) chosen.push(stimulus);
  }
  return chosen.length;
}

/** Standard deviation of the samples around their means in each dimension. @param means and samples: [rows, dimensions]. */
export function noiseOf(means: Float32Array, samples: Float32Array, dimensions: number): Float64Array {
  const variances = new Float64Array(dimensions);
  means.forEach((mean, place) => {
    variances[place % dimensions]! += (samples[place]! - mean) ** 2;
  });
  const rows = means.length / dimensions;
  return variances.map((sum) => Math.sqrt(Math.max(sum / rows, Number.MIN_VALUE)));
}
