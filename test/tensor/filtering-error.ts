/** Relative rms error that docs/convolution.md states for convolution by minimal filtering. */
export const LARGEST_FILTERING_ERROR = 2e-5;

/** Root of the mean squared error over that of the mean square. */
export function rmsError(found: ArrayLike<number>, exact: Float64Array): number {
  const errors = exact.reduce((total, value, i) => total + (value - found[i]!) ** 2, 0);
  return Math.sqrt(errors / exact.reduce((total, value) => total + value ** 2, 0));
}
