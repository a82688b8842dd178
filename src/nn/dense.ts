import { addBias } from "../tensor/operations/bias.js";
import { abs, relu, subtract } from "../tensor/operations/elementwise.js";
import { matMul } from "../tensor/operations/matmul.js";
import { constant, type Tensor } from "../tensor/tensor.js";
import type { Scope } from "./scope.js";

/**
 * A dense layer: x weight + bias; weight [inputs, outputs], bias [outputs], both under these names in the
 * scope.
 * @param x [rows, inputs].
 * @param parts How many layers of a model are laid side by side in this one: each begins as if it stood
 * alone.
 * @returns [rows, outputs].
 */
export function dense(scope: Scope, x: Tensor, outputs: number, parts = 1): Tensor {
  const inputs = x.shape[1]!;
  const fans = { in: inputs, out: outputs / parts, summed: inputs };
  const { weight, bias } = scope.initialisation;
  return addBias(
    matMul(x, scope.parameter("weight", [inputs, outputs], weight(fans))),
    scope.parameter("bias", [outputs], bias(fans)),
  );
}

/**
 * Whole numbers below `count` as rows of zeros with a one at their place, for a product that picks rows by number: indices
 * [..., 1] -> [..., count].
 */
export function choiceOf(indices: Tensor, count: number): Tensor {
  const places = constant(
    Float32Array.from({ length: count }, (_, i) => i),
    [count],
  );
  return relu(subtract(1, abs(subtract(indices, places))));
}
