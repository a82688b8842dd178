import { ParameterLayout } from "../../src/nn/parameters.js";
import type { Scope } from "../../src/nn/scope.js";
import type { Tensor } from "../../src/tensor/tensor.js";

/** The numbers with which everything begins that was asked of a scope as a parameter, for a program to be evaluated with. */
export function firstValues(scope: Scope, seed = 0): Map<Tensor, Float32Array> {
  const layout = new ParameterLayout(scope.requests.parameters.values());
  const views = layout.views(layout.initialise(seed));
  return new Map(layout.specs.map(({ name, tensor }) => [tensor, views[name]!]));
}
