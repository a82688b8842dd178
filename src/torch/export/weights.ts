import type { ParameterLayout } from "../../nn/parameters.js";
import type { NumericArray } from "../../numeric-array.js";

/** The parameters of a model by name, each to be taken once. */
export class Weights {
  readonly #left: Map<string, NumericArray<Float32Array>>;

  constructor(layout: ParameterLayout, parameters: Float32Array) {
    const views = layout.views(parameters);
    this.#left = new Map(layout.specs.map(({ name, shape }) => [name, { shape, data: views[name]! }]));
  }

  /** @throws Error where there is none of this name, or it has been taken. */
  take(name: string): NumericArray<Float32Array> {
    const found = this.#left.get(name);
    if (!found) throw new Error(`the model has no parameter ${name}, or two layers are made of it`);
    this.#left.delete(name);
    return found;
  }

  /** Names of what nobody has taken. */
  get left(): readonly string[] {
    return [...this.#left.keys()];
  }
}
