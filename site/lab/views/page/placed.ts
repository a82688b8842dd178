/** Where a latent map has its cells: what a map beside it is turned to, and drawn as large as. */
export interface Placed {
  /** [cells, 2], in units of the code. */
  readonly cells: Float32Array;
  /** Half the side that the map needs, in units of the code. */
  readonly extent: number;
}
