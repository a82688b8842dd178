/**
 * A long series as at most `maxPoints` means over equally many neighbours, so that a curve of 100,000 noisy steps
 * stays a small file and shows its trend. A short one is returned as it is; a mean over a value that is not finite
 * is not finite, so that trouble stays visible as a gap.
 */
export function thinned<Point>(
  points: readonly Point[],
  maxPoints: number,
  xOf: (point: Point) => number,
  yOf: (point: Point) => number,
): [x: number, y: number][] {
  if (points.length <= maxPoints) return points.map((point) => [xOf(point), yOf(point)]);
  return Array.from({ length: maxPoints }, (_, k) => {
    const bin = points.slice(
      Math.floor((k * points.length) / maxPoints),
      Math.floor(((k + 1) * points.length) / maxPoints),
    );
    const mean = (of: (point: Point) => number) =>
      bin.reduce((sum, point) => sum + of(point), 0) / bin.length;
    return [mean(xOf), mean(yOf)];
  });
}
