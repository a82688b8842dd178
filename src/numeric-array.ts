/** The element types a numeric array may hold in memory. */
export type NumericData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A dense array in row-major order: the one form in which numbers pass between files, measures and figures. */
export interface NumericArray<Data extends NumericData = NumericData> {
  /** Extent of each axis; empty for a scalar. */
  readonly shape: readonly number[];
  /** `product(shape)` elements, last axis fastest. */
  readonly data: Data;
}
