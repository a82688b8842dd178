/** The element whose step is nearest, by halving; undefined for an empty list. @param points Ascending by step. */
export function nearestStep<Point extends { readonly step: number }>(
  points: readonly Point[],
  step: number,
): Point | undefined {
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].step <= step) low = middle;
    else high = middle;
  }
  const [left, right] = [points[low], points[high]];
  if (!left || !right) return undefined;
  return step - left.step <= right.step - step ? left : right;
}
