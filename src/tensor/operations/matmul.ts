import { composite, defineOperation } from "../operation.js";
import { broadcastShapes } from "../shape.js";
import type { Tensor } from "../tensor.js";
import { sumTo } from "./broadcast.js";
import { transpose } from "./layout.js";

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
    sumTo(productOfColumns(a!, gradient), b!.shape),
  ],
});

/**
 * aᵀ b over the last two axes, [..., n, k] and [..., n, m] -> [..., k, m]. To take columns of the left side costs as much as the product where there are
 * few: so the smaller one is the left.
 */
function productOfColumns(a: Tensor, b: Tensor): Tensor {
  return a.shape.at(-1)! <= b.shape.at(-1)! ? matMul(transpose(a), b) : transpose(matMul(transpose(b), a));
}

/**
 * Matrix product over the last two axes; leading axes are batches and broadcast. [..., n, k] x [..., k, m] ->
 * [..., n, m].
 * @throws ShapeError for fewer than two axes, inner extents that differ, and leading ones that do not
 * broadcast.
 */
export function matMul(a: Tensor, b: Tensor): Tensor {
  return matMulOperation([a, b], undefined);
}

/**
 * a bᵀ over the last two axes; leading axes are batches and broadcast: [..., n, k] x [..., m, k] -> [..., n,
 * m]. Its gradient in b is computed as gᵀ a at once, not transposed afterwards: b is a large weight as often
 * as not.
 * @throws ShapeError as {@link matMul}.
 */
export function matMulTransposed(a: Tensor, b: Tensor): Tensor {
  return composite("matMulTransposed", [a, b], matMul(a, transpose(b)), (gradient) => [
    sumTo(matMul(gradient, b), a.shape),
    sumTo(productOfColumns(gradient, a), b.shape),
  ]);
}
