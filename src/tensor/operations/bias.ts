import { composite } from "../operation.js";
import { sameShape } from "../shape.js";
import { shapeError } from "../shape-error.js";
import type { Tensor } from "../tensor.js";
import { byColumn, columnSums } from "./columns.js";
import { add } from "./elementwise.js";

/**
 * x [n, m] + bias [m] on every row.
 * @throws ShapeError when x is not rows, or the bias has not a number for each column.
 */
export function addBias(x: Tensor, bias: Tensor): Tensor {
  const columns = x.shape[1]!;
  if (x.shape.length !== 2 || !sameShape(bias.shape, [columns]))
    throw shapeError("addBias", [x, bias], "needs rows, and a number for each column");
  // Behind a product the runtime adds the bias with it.
  const lowered = isProduct(x) ? add(x, bias) : byColumn(add, x, bias);
  return composite("addBias", [x, bias], lowered, (gradient) => [gradient, columnSums(gradient)]);
}

/** Whether a tensor is computed as a product of two matrices. */
function isProduct({ origin }: Tensor): boolean {
  if (origin.kind === "composite") return isProduct(origin.lowered);
  return (
    origin.kind === "operation" && origin.operation === "matMul" && origin.operands[0]!.shape.length === 2
  );
}
