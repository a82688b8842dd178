/** Long series as few points: of each column of pixels the minimum and the maximum, so that no peak is lost. */

/**
 * @param length Number of values; those that `quantityOf` gives no number for (undefined, NaN, infinite) are left out.
 * @param stepOf The place of a value; ascending.
 * @param columns Number of columns that the range of steps is divided into.
 * @returns Pairs (step, value) in order, at most four for each column: first, minimum, maximum, last.
 */
export function extremesByColumn(
  length: number,
  stepOf: (index: number) => number,
  quantityOf: (index: number) => number | undefined,
  columns: number,
): [step: number, value: number][] {
  const found: [number, number][] = [];
  if (length === 0) return found;
  const first = stepOf(0);
  const width = Math.max(stepOf(length - 1) - first, 1e-9) / columns;
  let column = -1;
  let kept: number[] = [];
  const flush = () => {
    for (const index of [...new Set(kept)].sort((a, b) => a - b))
      found.push([stepOf(index), quantityOf(index)!]);
  };
  for (let index = 0; index < length; index++) {
    const value = quantityOf(index);
    if (value === undefined || !Number.isFinite(value)) continue;
    const at = Math.min(columns - 1, Math.floor((stepOf(index) - first) / width));
    if (at !== column) {
      flush();
      column = at;
      kept = [index, index, index, index];
      continue;
    }
    if (value < quantityOf(kept[1])!) kept[1] = index;
    if (value > quantityOf(kept[2])!) kept[2] = index;
    kept[3] = index;
  }
  flush();
  return found;
}
