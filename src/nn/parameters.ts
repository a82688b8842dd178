import { PhiloxStream } from "../random/stream.js";
import { sizeOf } from "../tensor/shape.js";
import type { ParameterSpec } from "./scope.js";

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

  /** The part of a flat vector that holds each parameter, by name: views, nothing is copied. */
  views(flat: Float32Array): Record<string, Float32Array> {
    return Object.fromEntries(
      this.specs.map(({ name, shape }) => {
        const offset = this.#offsets.get(name)!;
        return [name, flat.subarray(offset, offset + sizeOf(shape))];
      }),
    );
  }

  /** Initial values of all parameters: each from the stream (seed, `initialise <name>`), whatever else the model holds. */
  initialise(seed: number): Float32Array {
    const flat = new Float32Array(this.size);
    const views = this.views(flat);
    for (const { name, initialise } of this.specs) {
      initialise(new PhiloxStream(seed, `initialise ${name}`), views[name]!);
    }
    return flat;
  }
}
