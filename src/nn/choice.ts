import { abs, relu, subtract } from "../tensor/operations/elementwise.js";
import { constant, type Tensor } from "../tensor/tensor.js";

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
