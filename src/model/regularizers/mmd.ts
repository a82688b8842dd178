import * as z from "zod";
import { add, exp, multiply, square, subtract } from "../../tensor/operations/elementwise.js";
import { reshape } from "../../tensor/operations/layout.js";
import { matMulTransposed } from "../../tensor/operations/matmul.js";
import { mean, sumOver } from "../../tensor/operations/reduce.js";
import type { Tensor } from "../../tensor/tensor.js";
import { definePart } from "../part.js";

/**
 * Maximum mean discrepancy between the codes of a batch and as many standard normal samples, squared: the biased estimate, with
 * the kernel exp(-|a - b|^2 / bandwidth) ("Exact rate-distortion", spec section 2.7; InfoVAE, Zhao et al. 2017).
 */
export const mmdRegularizer = definePart({
  kind: "regularizer",
  type: "mmd",
  about: "maximum mean discrepancy between the codes and normal samples",
  settings: {
    weight: z.number().nonnegative().default(999).describe("its factor in the loss"),
    bandwidth: z
      .number()
      .positive()
      .optional()
      .describe("2 h^2; the square of the code's dimensions by default"),
  },
  make: ({ weight, bandwidth }) => ({
    penalty(scope, code) {
      const sample = scope.noise("normal", code.shape);
      return multiply(squaredDiscrepancy(code, sample, bandwidth ?? code.shape[1]! ** 2), weight);
    },
  }),
});

/** mean k(q, q) + mean k(p, p) - 2 mean k(q, p) over all pairs of rows, an example with itself among them. */
export function squaredDiscrepancy(q: Tensor, p: Tensor, bandwidth: number): Tensor {
  const likeness = (a: Tensor, b: Tensor) => mean(exp(multiply(squaredDistances(a, b), -1 / bandwidth)));
  return subtract(add(likeness(q, q), likeness(p, p)), multiply(likeness(q, p), 2));
}

/** |a_i - b_j|^2 for rows [n, D] and [m, D]: [n, m]. */
function squaredDistances(a: Tensor, b: Tensor): Tensor {
  const lengths = (x: Tensor) => sumOver(square(x), [1]);
  const sums = add(reshape(lengths(a), [a.shape[0]!, 1]), reshape(lengths(b), [1, b.shape[0]!]));
  return subtract(sums, multiply(matMulTransposed(a, b), 2));
}
