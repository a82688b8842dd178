import { add, clip, divide, multiply, sqrt, square } from "../tensor/operations/elementwise.js";
import { sumOver } from "../tensor/operations/reduce.js";
import type { Tensor } from "../tensor/tensor.js";

/**
 * Gradient clipping by the global norm: gradients of all parameters, each a row of numbers, scaled to a norm of at most `norm` (rule A9).
 * Source: Pascanu and others, "On the difficulty of training recurrent neural networks", 2013, algorithm 1.
 */
export function clipGradients(gradients: readonly Tensor[], norm: number): Tensor[] {
  const squares = gradients.map((part) => sumOver(square(part), [0]));
  const length = sqrt(squares.reduce((sum, part) => add(sum, part)));
  const share = clip(divide(norm, length), 0, 1);
  return gradients.map((part) => multiply(part, share));
}
