import { printable } from "../errors.js";
import { type NumericArray, type NumericData, widenBfloat16, widenHalf } from "../numeric-array.js";
import { BadPickle, type Made } from "./pickle.js";

/** How the numbers of a storage are read. */
export interface ElementType {
  /** PyTorch's name: "float32". */
  readonly name: string;
  readonly bytes: number;
  /** Interprets an aligned, little-endian buffer. */
  readonly read: (buffer: ArrayBuffer) => NumericData | BigInt64Array;
}

/** PyTorch's element types by name, those that a real-valued model can have. */
export const ELEMENT_TYPES: ReadonlyMap<string, ElementType> = new Map(
  (
    [
      ["float32", 4, (buffer) => new Float32Array(buffer)],
      ["float64", 8, (buffer) => new Float64Array(buffer)],
      ["float16", 2, (buffer) => widenHalf(new Uint16Array(buffer))],
      ["bfloat16", 2, (buffer) => widenBfloat16(new Uint16Array(buffer))],
      ["int64", 8, (buffer) => new BigInt64Array(buffer)],
      ["int32", 4, (buffer) => new Int32Array(buffer)],
      ["int16", 2, (buffer) => new Int16Array(buffer)],
      ["int8", 1, (buffer) => new Int8Array(buffer)],
      ["uint8", 1, (buffer) => new Uint8Array(buffer)],
      ["uint16", 2, (buffer) => new Uint16Array(buffer)],
      ["uint32", 4, (buffer) => new Uint32Array(buffer)],
      ["bool", 1, (buffer) => new Uint8Array(buffer)],
    ] satisfies [string, number, ElementType["read"]][]
  ).map(([name, bytes, read]) => [name, { name, bytes, read }]),
);

/** The bytes that tensors look at. */
export class TorchStorage implements Made {
  readonly kind = "storage";
  /** Undefined for an untyped storage, whose tensors say their type. */
  readonly type: ElementType | undefined;
  /** As stored; little-endian unless the file says otherwise. */
  readonly bytes: Uint8Array;

  constructor(type: ElementType | undefined, bytes: Uint8Array) {
    this.type = type;
    this.bytes = bytes;
  }
}

/** A view of a storage with any strides, not yet copied out. */
export class TorchTensor implements Made {
  readonly kind = "tensor";
  readonly type: ElementType;
  readonly storage: TorchStorage;
  /** In elements, as are the strides. */
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];

  /** @throws BadPickle when the view reaches beyond its storage */
  constructor(
    type: ElementType,
    storage: TorchStorage,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ) {
    const last = shape.reduce((position, extent, axis) => position + (extent - 1) * strides[axis]!, offset);
    const isEmpty = shape.includes(0);
    if (shape.length !== strides.length || (!isEmpty && (last + 1) * type.bytes > storage.bytes.length)) {
      throw new BadPickle(
        `damaged: a tensor of shape [${shape.slice(0, 8).join(", ")}] reaches beyond its numbers`,
      );
    }
    this.type = type;
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }

  get elementCount(): number {
    return this.shape.reduce((product, extent) => product * extent, 1);
  }
}

/**
 * Copies a tensor out as a dense row-major array: half precision widened to float32, 64-bit integers to float64,
 * booleans to bytes.
 * @param name for messages
 * @throws BadPickle when it holds integers beyond 2^53
 */
export function toDense(tensor: TorchTensor, name: string, bigEndian: boolean): NumericArray {
  const { shape, strides, offset, storage } = tensor;
  const width = tensor.type.bytes;
  const dense = new Uint8Array(tensor.elementCount * width);
  if (!bigEndian && isContiguous(tensor)) {
    dense.set(storage.bytes.subarray(offset * width, offset * width + dense.length));
    return finish(tensor, dense, name);
  }
  const index = shape.map(() => 0);
  let position = offset;
  for (let to = 0; to < dense.length; to += width) {
    for (let byte = 0; byte < width; byte++) {
      dense[to + byte] = storage.bytes[position * width + (bigEndian ? width - 1 - byte : byte)]!;
    }
    // Like an odometer: the last axis turns fastest.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      position -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return finish(tensor, dense, name);
}

function finish({ type, shape }: TorchTensor, dense: Uint8Array<ArrayBuffer>, name: string): NumericArray {
  const data = type.read(dense.buffer);
  if (!(data instanceof BigInt64Array)) return { shape, data };
  const floats = Float64Array.from(data, Number);
  if (!floats.every(Number.isSafeInteger))
    throw new BadPickle(`${printable(name)} holds integers beyond 2^53`);
  return { shape, data: floats };
}

function isContiguous({ shape, strides }: TorchTensor): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}
