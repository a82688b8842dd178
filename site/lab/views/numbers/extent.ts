/** Half the side of a square map in units of the code: grows quickly, so that nothing is cut, and shrinks slowly, without jitter. */

/** Milliseconds in which the difference falls to 37 %. */
const TIME = { grow: 70, shrink: 1800 };
/** Share of the extent that counts as arrived. */
const NEAR = 0.002;
/** Room around the outermost point. */
const MARGIN = 1.12;
/** A code that is one point is seen as one. */
const MINIMUM = 0.05;

/** What the map has to show: from 0 to the outermost coordinate of any of the points, and a margin. */
export function extentOf(...sets: readonly (Float32Array | undefined)[]): number {
  let largest = 0;
  for (const set of sets) for (const value of set ?? []) largest = Math.max(largest, Math.abs(value));
  return Math.max(MINIMUM, largest * MARGIN);
}

/** The extent some milliseconds later, on its way to what is wanted; equal to that once it is near. */
export function nextExtent(extent: number, wanted: number, milliseconds: number): number {
  const time = wanted > extent ? TIME.grow : TIME.shrink;
  const next = wanted + (extent - wanted) * Math.exp(-milliseconds / time);
  return Math.abs(next - wanted) <= NEAR * wanted ? wanted : next;
}
