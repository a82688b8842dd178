/** Points of a curve that is drawn, at most. */
const MAX_POINTS = 4000;

/** The points with one more behind them; where they become too many, every second of the earlier is dropped. A point of the same step is replaced. */
export function withPoint<Point extends { readonly step: number }>(
  points: readonly Point[],
  point: Point,
): readonly Point[] {
  const before = points.at(-1)?.step === point.step ? points.slice(0, -1) : points;
  const kept = before.length < MAX_POINTS ? before : before.filter((_, place) => place % 2 === 0);
  return [...kept, point];
}
