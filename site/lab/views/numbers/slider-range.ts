/** Ends of the sliders: as far as the codes lie from 0, and a quarter more, in steps that do not change with every frame. */

const MARGIN = 1.25;
const STEP = 0.5;
const MINIMUM = 1;

/**
 * One end for all dimensions: sliders go from its negative to it.
 * @param means [stimuli, dimensions]
 * @param before The end until now: it grows at once, and shrinks where less than half of it is needed, so that a slider in use stays.
 */
export function sliderEnd(means: Float32Array, before?: number): number {
  let largest = 0;
  for (const value of means) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  const wanted = Math.max(MINIMUM, Math.ceil((largest * MARGIN) / STEP) * STEP);
  return before !== undefined && wanted <= before && wanted > before / 2 ? before : wanted;
}
