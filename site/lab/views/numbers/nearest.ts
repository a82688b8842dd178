/**
 * The point nearest to a place, if it is near enough.
 * @param points [points, 2]
 * @returns its index; undefined where none is within `reach`.
 */
export function nearestPoint(points: Float32Array, x: number, y: number, reach: number): number | undefined {
  let nearest: number | undefined;
  let smallest = reach * reach;
  for (let k = 0; k + 1 < points.length; k += 2) {
    const distance = (points[k] - x) ** 2 + (points[k + 1] - y) ** 2;
    if (distance > smallest) continue;
    smallest = distance;
    nearest = k / 2;
  }
  return nearest;
}
