/**
 * A path in pixels without the points that are nearer than `gap` to the one kept before; first and last are kept.
 * @param points [x, y] in pixels.
 */
export function thinPath(
  points: readonly (readonly [x: number, y: number])[],
  gap: number,
): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  for (const [k, point] of points.entries()) {
    const last = kept[kept.length - 1];
    const isFar = last === undefined || Math.hypot(point[0] - last[0], point[1] - last[1]) >= gap;
    if (isFar || k === points.length - 1) kept.push(point);
  }
  return kept;
}

/** The `d` of an SVG path along points in pixels, to a tenth of one. */
export function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], k) => `${k === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
