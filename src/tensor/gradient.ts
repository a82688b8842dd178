import { add } from "./operations/elementwise.js";
import { sizeOf } from "./shape.js";
import { shapeError } from "./shape-error.js";
import { constant, gradientOperands, type Tensor, topologicalOrder } from "./tensor.js";

/**
 * Gradients of a scalar with respect to tensors it depends on (reverse mode), as new tensors.
 * @param withRespectTo tensors of any shapes; one that the scalar does not depend on gets zeros.
 * @returns one for each of them, of its shape.
 * @throws ShapeError when the first argument has more than one element.
 */
export function gradients(scalar: Tensor, withRespectTo: readonly Tensor[]): Tensor[] {
  if (sizeOf(scalar.shape) !== 1) {
    throw shapeError("gradients", [scalar], "only a scalar has them");
  }
  const order = topologicalOrder([scalar], gradientOperands);
  const needed = dependents(order, new Set(withRespectTo));
  const gradientOf = new Map<Tensor, Tensor>([[scalar, constant(1, scalar.shape)]]);
  for (const tensor of order.toReversed()) {
    const gradient = gradientOf.get(tensor);
    if (!gradient || !("pullback" in tensor.origin) || !needed.has(tensor)) continue;
    const operandGradients = tensor.origin.pullback(gradient);
    tensor.origin.operands.forEach((operand, index) => {
      const part = operandGradients[index];
      if (!part || !needed.has(operand)) return;
      const sum = gradientOf.get(operand);
      gradientOf.set(operand, sum ? add(sum, part) : part);
    });
  }
  return withRespectTo.map((tensor) => gradientOf.get(tensor) ?? constant(0, tensor.shape));
}

/** The tensors of `order` that are, or depend on, one of the sources: elsewhere no gradient is worth building. */
function dependents(order: readonly Tensor[], sources: ReadonlySet<Tensor>): Set<Tensor> {
  const result = new Set<Tensor>();
  for (const tensor of order) {
    if (sources.has(tensor) || gradientOperands(tensor).some((operand) => result.has(operand)))
      result.add(tensor);
  }
  return result;
}
