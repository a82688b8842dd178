/** Points by colour, so that a canvas changes its colour rarely, in rounds, so that no class hides another. */

export interface Batch {
  readonly colour: string;
  /** Points of that colour. */
  readonly points: readonly number[];
}

/** Of few colours each has many points, that would cover those drawn before. */
const ROUNDS = 4;
const FEW_COLOURS = 30;

/**
 * @param count Number of points.
 * @param colourOf Index into the palette of each point.
 */
export function drawOrder(
  count: number,
  palette: readonly string[],
  colourOf: (point: number) => number,
): Batch[] {
  const rounds = palette.length <= FEW_COLOURS ? ROUNDS : 1;
  const batches = Array.from({ length: rounds * palette.length }, () => [] as number[]);
  for (let k = 0; k < count; k++) batches[(k % rounds) * palette.length + colourOf(k)]?.push(k);
  return batches.flatMap((points, k) =>
    points.length > 0 ? [{ colour: palette[k % palette.length], points }] : [],
  );
}
