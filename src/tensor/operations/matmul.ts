import { composite, defineOperation } from "../operation.js";
import { broadcastShapes, sameShape } from "../shape.js";
import { shapeError } from "../shape-error.js";
import { constant, type Tensor } from "../tensor.js";
import { sumTo } from "./broadcast.js";
import { add } from "./elementwise.js";
import { reshape, transpose } from "./layout.js";

const matMulOperation = defineOperation<undefined>({
  name: "matMul",
  shape: ([a, b], _, misfit) => {
    const left = a!.shape;
    const right = b!.shape;
    if (left.length < 2 || right.length < 2) return misfit("both need at least two axes");
    const inner = left.at(-1)!;
    if (inner !== right.at(-2)) return misfit(`inner extents ${inner} and ${right.at(-2)} differ`);
    const batch = broadcastShapes(left.slice(0, -2), right.slice(0, -2)) ?? misfit("leading extents differ");
    return [...batch, left.at(-2)!, right.at(-1)!];
  },
  onnx: () => ({ type: "MatMul" }),
  gradient: ({ operands: [a, b], gradient }) => [
    sumTo(matMul(gradient, transpose(b!)), a!.shape),
    sumTo(matMul(transpose(a!), gradient), b!.shape),
  ],
});

/** Matrix product over the last two axes; leading axes are batches and broadcast. [..., n, k] x [..., k, m] -> [..., n, m]. */
export function matMul(a: Tensor, b: Tensor): Tensor {
  return matMulOperation([a, b], undefined);
}

/**
 * a bᵀ over the last two axes of operands with equal leading axes: [..., n, k] x [..., m, k] -> [..., n, m]. Its
 * gradient in b is computed as gᵀ a at once, not transposed afterwards: b is a large weight as often as not.
 */
export function matMulTransposed(a: Tensor, b: Tensor): Tensor {
  return composite("matMulTransposed", [a, b], matMul(a, transpose(b)), (gradient) => [
    matMul(gradient, b),
    matMul(transpose(gradient), a),
  ]);
}

/**
 * x [n, m] + bias [m] on every row. The bias's gradient, a sum over rows, is a product with a row of ones: several times
 * faster than a sum. One number for all, m = 1, is added to the numbers as one long row.
 */
export function addBias(x: Tensor, bias: Tensor): Tensor {
  const [rows, columns] = x.shape as [number, number];
  if (x.shape.length !== 2 || !sameShape(bias.shape, [columns]))
    throw shapeError("addBias", [x, bias], "needs rows, and a number for each column");
  const lowered = columns === 1 ? reshape(add(reshape(x, [rows]), reshape(bias, [])), x.shape) : add(x, bias);
  return composite("addBias", [x, bias], lowered, (gradient) => [
    gradient,
    reshape(matMul(constant(1, [1, rows]), gradient), bias.shape),
  ]);
}
