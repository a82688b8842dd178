import { dot } from "./vectors.js";

/**
 * The triangular factor R of a matrix with at least as many rows as columns, by Householder's reflections: R'R = X'X, and as X'X
 * is never formed, small directions keep their digits.
 * Source: Golub and Van Loan, "Matrix Computations", algorithm 5.2.1.
 * @param matrix [rows, columns], row-major; left as it is.
 * @returns [columns, columns], row-major; 0 below its diagonal.
 */
export function triangularFactor(matrix: Float64Array, rows: number, columns: number): Float64Array {
  // Column by column, so that the inner loops run along memory.
  const work = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < columns; c++) work[c * rows + i] = matrix[i * columns + c];
  }
  const factor = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++) {
    const pivot = work.subarray(j * rows + j, (j + 1) * rows);
    const norm = Math.sqrt(dot(pivot, pivot));
    if (norm > 0) {
      const diagonal = pivot[0] > 0 ? -norm : norm;
      // The reflection that sends this column to (diagonal, 0, 0, ...) is I - 2 v v' / v'v with v = column - that.
      pivot[0] -= diagonal;
      const half = -diagonal * pivot[0];
      for (let k = j + 1; k < columns; k++) {
        const column = work.subarray(k * rows + j, (k + 1) * rows);
        const share = dot(pivot, column) / half;
        for (let i = 0; i < pivot.length; i++) column[i] -= share * pivot[i];
      }
      factor[j * columns + j] = diagonal;
    }
    for (let k = j + 1; k < columns; k++) factor[j * columns + k] = work[k * rows + j];
  }
  return factor;
}
