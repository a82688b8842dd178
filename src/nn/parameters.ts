import * as z from "zod";
import { assertNumericArray, type NumericArray } from "../numeric-array.js";
import { PhiloxStream } from "../random/stream.js";
import { sameShape, sizeOf } from "../tensor/shape.js";
import type { ParameterSpec } from "./scope.js";

/** Where arrays are not the parameters of a layout. */
export interface LayoutMisfits {
  /** Parameters for which there is no array. */
  readonly missing: readonly ParameterSpec[];
  /** Parameters whose array has another shape. */
  readonly misshapen: readonly ParameterSpec[];
  /** Names of arrays that are no parameter. */
  readonly unknown: readonly string[];
}

/**
 * Where each parameter lies in the one flat vector that holds them all: in the order of declaration, statistics behind what is
 * trained, so that a step updates each of the two as one piece.
 */
export class ParameterLayout {
  readonly specs: readonly ParameterSpec[];
  /** Length of the flat vector: the model's number of parameters. */
  readonly size: number;
  readonly #offsets: ReadonlyMap<string, number>;

  constructor(specs: Iterable<ParameterSpec>) {
    const all = [...specs];
    this.specs = [
      ...all.filter(({ isStatistic }) => !isStatistic),
      ...all.filter(({ isStatistic }) => isStatistic),
    ];
    let size = 0;
    const offsets = new Map<string, number>();
    for (const { name, shape } of this.specs) {
      offsets.set(name, size);
      size += sizeOf(shape);
    }
    this.size = size;
    this.#offsets = offsets;
  }

  /**
   * The part of a flat vector that holds each parameter, by name: views, nothing is copied.
   * @param flat [size].
   */
  views(flat: Float32Array): Record<string, Float32Array> {
    return Object.fromEntries(
      this.specs.map(({ name, shape }) => {
        const offset = this.#offsets.get(name)!;
        return [name, flat.subarray(offset, offset + sizeOf(shape))];
      }),
    );
  }

  /** Where arrays by name are not these parameters; three empty lists where each has its array and there are no others. */
  misfits(arrays: ReadonlyMap<string, NumericArray>): LayoutMisfits {
    return {
      missing: this.specs.filter(({ name }) => !arrays.has(name)),
      misshapen: this.specs.filter(({ name, shape }) => {
        const found = arrays.get(name);
        return found !== undefined && !sameShape(found.shape, shape);
      }),
      unknown: [...arrays.keys()].filter((name) => !this.#offsets.has(name)),
    };
  }

  /**
   * The flat vector [size] of arrays by name, in single precision; all that are missing stay 0 (see
   * {@link misfits}).
   */
  flatten(arrays: ReadonlyMap<string, NumericArray>): Float32Array {
    const flat = new Float32Array(this.size);
    for (const [name, view] of Object.entries(this.views(flat))) {
      const found = arrays.get(name);
      if (!found) continue;
      assertNumericArray(found, name);
      view.set(found.data);
    }
    return flat;
  }

  /**
   * Initial values [size] of all parameters: each from the stream (seed, `initialise <name>`), whatever else
   * the model holds (rule D2).
   */
  initialise(seed: number): Float32Array {
    const flat = new Float32Array(this.size);
    const views = this.views(flat);
    for (const { name, initialise } of this.specs) {
      initialise(new PhiloxStream(seed, `initialise ${name}`), views[name]!);
    }
    return flat;
  }
}

// Bounds of what a configuration may ask of a network, far above what anybody trains here: what lies beyond is a slip or an
// attack, and would take all memory before a layout of the parameters could say so.

/** Units, channels or dimensions of a layer. */
export const widthSchema = z.int().positive().max(65_536);

/** Side, step or repetitions of something within a layer. */
export const extentSchema = z.int().positive().max(1024);

/** Parameters of a whole model: 1 GiB of them; a training holds seven such vectors. */
export const MAX_PARAMETERS = 2 ** 28;

/** Vectors as long as the parameters that a training holds: these, the gradient, Adam's two means, and the next state. */
export const VECTORS_OF_TRAINING = 7;
