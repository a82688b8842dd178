import { DISTANCE_SUMS_MODULE } from "../kernels/distance-sums-module.js";
import { kernel } from "../kernels/kernel.js";

const openKernel = kernel(DISTANCE_SUMS_MODULE);

/** Bytes in front of the rows, for the eight sums. */
const SUMS_BYTES = 64;

/** Memory in which a row of float64 is compared with two of float32, and what compares them. */
export interface SimdSums {
  readonly query: Float64Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Four sums of squared differences of the query and the first row, of every fourth column each, and then those of the second. */
  readonly sums: Float64Array;
  compare(): void;
}

/** Opens memory for rows of this number of columns, a multiple of 4 and more than 0; undefined where the processor or the engine has no such instructions. */
export function openSimdSums(columns: number): SimdSums | undefined {
  const query = SUMS_BYTES;
  const first = query + 8 * columns;
  const second = first + 4 * columns;
  const opened = openKernel(second + 4 * columns);
  if (!opened) return undefined;
  const { memory, functions } = opened;
  return {
    query: new Float64Array(memory, query, columns),
    first: new Float32Array(memory, first, columns),
    second: new Float32Array(memory, second, columns),
    sums: new Float64Array(memory, 0, 8),
    compare: () => functions.sums!(query, first, second, second),
  };
}
