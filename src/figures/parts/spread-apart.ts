/**
 * Positions moved as little as possible (in squares), so that in their order each is at least `gap` from the next, and all
 * lie between the two ends where there is room: for labels that must not cover each other.
 */
export function spreadApart(
  wanted: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): number[] {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b] || a - b);
  // After subtracting rank times gap, positions only have to ascend: those that do not are pooled.
  const pools: { readonly sum: number; readonly count: number }[] = [];
  for (const [rank, index] of order.entries()) {
    let pool = { sum: wanted[index] - rank * gap, count: 1 };
    for (;;) {
      const before = pools.at(-1);
      if (!before || before.sum / before.count <= pool.sum / pool.count) break;
      pool = { sum: before.sum + pool.sum, count: before.count + pool.count };
      pools.pop();
    }
    pools.push(pool);
  }
  const highest = high - (wanted.length - 1) * gap;
  const placed = new Array<number>(wanted.length);
  let rank = 0;
  for (const { sum, count } of pools) {
    const at = Math.max(low, Math.min(highest, sum / count));
    for (let k = 0; k < count; k++, rank++) placed[order[rank]] = at + rank * gap;
  }
  return placed;
}
