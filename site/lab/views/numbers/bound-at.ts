import type { BoundCurve } from "../../core/contract.js";

/**
 * The bound at a rate, between its points on a straight line: the rate-distortion function is convex, so that the line lies on it or
 * above. Beyond the last point the distortion of that.
 */
export function boundAt({ points }: BoundCurve, rateNats: number): number | undefined {
  if (points.length === 0 || rateNats < points[0].rateNats) return undefined;
  const after = points.findIndex((point) => point.rateNats >= rateNats);
  if (after < 0) return points[points.length - 1].positionDistortion;
  const [right, left] = [points[after], points[Math.max(0, after - 1)]];
  const width = right.rateNats - left.rateNats;
  const share = width > 0 ? (rateNats - left.rateNats) / width : 1;
  return left.positionDistortion + share * (right.positionDistortion - left.positionDistortion);
}
