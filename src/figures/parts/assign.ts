/**
 * Gives every row a column of its own so that the sum of the costs is minimal (the Hungarian method with potentials: Kuhn 1955,
 * Munkres 1957; one augmenting path a row, rows^2 * columns steps).
 * @param rows at most as many as columns.
 * @param cost of giving a column to a row; finite.
 * @returns the column of each row.
 */
export function assign(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): number[] {
  // Rows and columns count from 1 here: 0 is the column from which each path starts.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    const shortest = new Float64Array(columns + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(columns + 1);
    const visited = new Uint8Array(columns + 1);
    rowOf[0] = row;
    let column = 0;
    do {
      visited[column] = 1;
      const from = rowOf[column];
      let [next, step] = [0, Number.POSITIVE_INFINITY];
      for (let k = 1; k <= columns; k++) {
        if (visited[k]) continue;
        const reduced = cost(from - 1, k - 1) - rowPotential[from] - columnPotential[k];
        if (reduced < shortest[k]) {
          shortest[k] = reduced;
          before[k] = column;
        }
        if (shortest[k] < step) [next, step] = [k, shortest[k]];
      }
      for (let k = 0; k <= columns; k++) {
        if (visited[k]) {
          rowPotential[rowOf[k]] += step;
          columnPotential[k] -= step;
        } else shortest[k] -= step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    for (; column !== 0; column = before[column]) rowOf[column] = rowOf[before[column]];
  }
  const columnOf = new Array<number>(rows).fill(0);
  for (let k = 1; k <= columns; k++) if (rowOf[k] > 0) columnOf[rowOf[k] - 1] = k - 1;
  return columnOf;
}
