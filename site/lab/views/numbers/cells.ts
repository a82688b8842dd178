/** Stimuli by the pair of their positions: a cell is a column of the upper corridor with one of the lower. */
import type { Stimuli } from "../../core/contract.js";

export interface Cells {
  /** Columns of a corridor. */
  readonly side: number;
  /** [stimuli]: the cell of each, side * xU + xL. */
  readonly cellOf: Uint16Array;
  /** [side * side]: stimuli in each cell. */
  readonly sizes: Uint16Array;
  /** [side * side]: the first stimulus of each cell; -1 for a cell without one. */
  readonly firstOf: Int32Array;
}

/** The cells of stimuli; as many columns as the largest position needs. */
export function cellsOf({ count, xU, xL }: Pick<Stimuli, "count" | "xU" | "xL">): Cells {
  let side = 1;
  for (let i = 0; i < count; i++) side = Math.max(side, xU[i] + 1, xL[i] + 1);
  const cellOf = new Uint16Array(count);
  const sizes = new Uint16Array(side * side);
  const firstOf = new Int32Array(side * side).fill(-1);
  for (let i = 0; i < count; i++) {
    const cell = side * xU[i] + xL[i];
    cellOf[i] = cell;
    sizes[cell] += 1;
    if (firstOf[cell] < 0) firstOf[cell] = i;
  }
  return { side, cellOf, sizes, firstOf };
}

/**
 * The mean of each cell's rows.
 * @param rows [stimuli, width]
 * @returns [cells, width]; NaN for a cell without a stimulus.
 */
export function cellMeans(rows: Float32Array, width: number, { cellOf, sizes }: Cells): Float32Array {
  const sums = new Float64Array(sizes.length * width);
  for (let i = 0; i < cellOf.length; i++) {
    for (let d = 0; d < width; d++) sums[cellOf[i] * width + d] += rows[i * width + d];
  }
  return Float32Array.from(sums, (sum, k) => sum / sizes[Math.floor(k / width)]);
}

/** The neighbour of a cell that an arrow key leads to; the cell itself at the border. Undefined for another key. */
export function neighbourCell(cell: number, side: number, key: string): number | undefined {
  const [xU, xL] = [Math.floor(cell / side), cell % side];
  const clamp = (value: number) => Math.min(Math.max(value, 0), side - 1);
  switch (key) {
    case "ArrowRight":
      return side * xU + clamp(xL + 1);
    case "ArrowLeft":
      return side * xU + clamp(xL - 1);
    case "ArrowDown":
      return side * clamp(xU + 1) + xL;
    case "ArrowUp":
      return side * clamp(xU - 1) + xL;
    case "Home":
      return 0;
    case "End":
      return side * side - 1;
    default:
      return undefined;
  }
}
