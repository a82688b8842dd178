/** Smallest and largest of the finite values; `undefined` when there is none. */
export function finiteExtent(values: Iterable<number>): [least: number, greatest: number] | undefined {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? [least, greatest] : undefined;
}

/**
 * The extent of means and their intervals; of an interval no more than half the extent of the means, lest it press them flat.
 * @param others values without an interval. There must be a finite value.
 */
export function extentWithIntervals(
  rows: readonly (readonly [mean: number, low: number, high: number])[],
  others: readonly number[],
): [least: number, greatest: number] {
  const [least, greatest] = finiteExtent([...rows.map(([mean]) => mean), ...others])!;
  const [low, high] = finiteExtent(rows.flat())!;
  const most = (greatest - least) / 2 || Number.POSITIVE_INFINITY;
  return [Math.min(least, Math.max(low, least - most)), Math.max(greatest, Math.min(high, greatest + most))];
}
