import { addBias, matMul } from "../tensor/operations/matmul.js";
import type { Tensor } from "../tensor/tensor.js";
import { uniformByFan } from "./initialise.js";
import type { Scope } from "./scope.js";

/** A dense layer: x [rows, inputs] -> x weight + bias [rows, outputs]; weight [inputs, outputs], bias [outputs]. */
export function dense(scope: Scope, x: Tensor, outputs: number): Tensor {
  const inputs = x.shape[1]!;
  const initialise = uniformByFan(inputs);
  return addBias(
    matMul(x, scope.parameter("weight", [inputs, outputs], initialise)),
    scope.parameter("bias", [outputs], initialise),
  );
}
