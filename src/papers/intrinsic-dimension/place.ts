import type { DataName } from "./data-sets.js";

/** Networks of one K on one data set, after so many epochs. */
export interface Place {
  readonly data: DataName;
  /** K, dimensions of the code. */
  readonly bottleneck: number;
  readonly epoch: number;
}
