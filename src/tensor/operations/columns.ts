import { sizeOf } from "../shape.js";
import { constant, type Tensor } from "../tensor.js";
import { expand } from "./broadcast.js";
import { reshape } from "./layout.js";
import { matMul } from "./matmul.js";
import { sumOver } from "./reduce.js";

/** Numbers in a row from which on a kernel loses nothing by starting again. */
const LONG_ROW = 1024;
/** Fewer columns than a vector kernel is wide. */
const FEW_COLUMNS = 32;
/** Fewer numbers than this take no longer than the reading of them otherwise. */
const FEW_NUMBERS = 65_536;

/**
 * An elementwise operation of x [rows, columns] with a number for each column. Kernels start again with every row, and rows of some channels are
 * short: so several rows are read as one, and the numbers as often. It halves the time of a pass over maps of 32 channels.
 */
export function byColumn(
  operation: (x: Tensor, numbers: Tensor) => Tensor,
  x: Tensor,
  numbers: Tensor,
): Tensor {
  const [rows, columns] = x.shape as [number, number];
  const together = sizeOf(x.shape) < FEW_NUMBERS ? 1 : largestDivisor(rows, Math.floor(LONG_ROW / columns));
  const single = reshape(numbers, [1, columns]);
  if (together === 1) return operation(x, single);
  const repeated = reshape(expand(single, [together, columns]), [1, together * columns]);
  return reshape(operation(reshape(x, [rows / together, together * columns]), repeated), x.shape);
}

/** Sums over rows, x [rows, columns] -> [columns]: as a product with a row of ones, which is faster than a sum. */
export function columnSums(x: Tensor): Tensor {
  const [rows, columns] = x.shape as [number, number];
  // Of a few columns a product makes hardly use: several rows are read as one, and their sums added up.
  const together = columns < FEW_COLUMNS ? largestDivisor(rows, Math.ceil(FEW_COLUMNS / columns)) : 1;
  const read = reshape(x, [rows / together, together * columns]);
  const sums = reshape(matMul(constant(1, [1, rows / together]), read), [together, columns]);
  return sumOver(sums, [0]);
}

/** The largest divisor of a number that is at most `most`; at least 1. */
function largestDivisor(of: number, maximum: number): number {
  for (let divisor = Math.min(maximum, of); divisor > 1; divisor--) if (of % divisor === 0) return divisor;
  return 1;
}
