import { printable, UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import { sameShape, sizeOf } from "../tensor/shape.js";

/** Weights of a checkpoint under their names without Lightning's `model.`. */
export type Tensors = ReadonlyMap<string, NumericArray>;

/** Takes weights out by name and checks them. */
export class TorchWeights {
  readonly #tensors: Tensors;
  readonly #where: string;

  constructor(tensors: Tensors, where: string) {
    this.#tensors = tensors;
    this.#where = where;
  }

  /** The extents of a weight with this number of axes. */
  extents(name: string, axes: number): readonly number[] {
    const { shape } = this.#tensors.get(name)!;
    if (shape.length === axes && sizeOf(shape) > 0) return shape;
    throw this.misfit(name, `has shape [${shape}] where ${axes} axes are expected`);
  }

  /** A weight of this shape, in single precision. */
  take(name: string, shape: readonly number[]): NumericArray<Float32Array> {
    const found = this.#tensors.get(name)!;
    if (!sameShape(found.shape, shape)) {
      throw this.misfit(name, `has shape [${found.shape}], and the others need [${shape}]`);
    }
    const data = Float32Array.from(found.data);
    if (!data.every(Number.isFinite)) throw this.misfit(name, "holds NaN or infinite numbers");
    return { shape, data };
  }

  misfit(name: string, what: string): UserError {
    return new UserError({
      where: this.#where,
      what: `${printable(name)} ${what}`,
      remedy: "Give a whole checkpoint of the authors' model, its kernels square",
    });
  }
}

/** An array, taken to have this shape, with its axes in another order: axis i of the result is axis `axes[i]` of the shape. */
export function permute(
  { data }: NumericArray<Float32Array>,
  shape: readonly number[],
  axes: readonly number[],
): NumericArray<Float32Array> {
  const strides = axes.map((axis) => sizeOf(shape.slice(axis + 1)));
  const extents = axes.map((axis) => shape[axis]!);
  const permuted = new Float32Array(data.length);
  for (let to = 0; to < permuted.length; to++) {
    let from = 0;
    for (let axis = extents.length - 1, rest = to; axis >= 0; axis--) {
      from += (rest % extents[axis]!) * strides[axis]!;
      rest = Math.floor(rest / extents[axis]!);
    }
    permuted[to] = data[from]!;
  }
  return { shape: extents, data: permuted };
}

/** Tables of equally many rows of `width` numbers, set side by side. */
export function besides(tables: readonly Float32Array[], width: number): Float32Array {
  const joined = new Float32Array(tables.reduce((size, table) => size + table.length, 0));
  const rows = joined.length / (tables.length * width);
  for (let row = 0, to = 0; row < rows; row++) {
    for (const table of tables) {
      joined.set(table.subarray(row * width, (row + 1) * width), to);
      to += width;
    }
  }
  return joined;
}
