import { choiceOf } from "../../nn/dense.js";
import type { Scope } from "../../nn/scope.js";
import { add, exp, greater, multiply, where } from "../../tensor/operations/elementwise.js";
import { concat, reshape, slice, transpose } from "../../tensor/operations/layout.js";
import { matMul } from "../../tensor/operations/matmul.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { constant, type Tensor } from "../../tensor/tensor.js";

/** How the examples that make an example's noise are drawn from its batch. */
export const ECHO_SAMPLING = ["without-replacement", "with-replacement"] as const;
export type EchoSampling = (typeof ECHO_SAMPLING)[number];

/**
 * Which examples of a batch of B make the noise of each, in order: indices [B, terms]. Without replacement they are other
 * examples, each at most once, and there are at most B - 1; with it any, the example itself too.
 * @throws RangeError when a batch of one is to be sampled without replacement.
 */
export function sampleEchoTerms(scope: Scope, batch: number, terms: number, sampling: EchoSampling): Tensor {
  if (sampling === "with-replacement") return scope.noise("company", [batch, terms], { below: batch });
  if (batch === 1)
    throw new RangeError("Echo noise is made of the other images of a batch: one image has none");
  const kept = Math.min(terms, batch - 1);
  const others = scope.noise("company", [batch, kept], { distinctBelow: batch - 1 });
  // Indices among the others: from the example itself on they are one less.
  const self = constant(
    Float32Array.from({ length: batch }, (_, i) => i - 0.5),
    [batch, 1],
  );
  return add(others, where(greater(others, self), 1, 0));
}

/**
 * Echo noise ("Exact rate-distortion", spec section 1): e_i = sum over l of (product over k < l of s_k) f_l, with the centres
 * and scales of the examples in i's company, in their order. The products are taken as sums of logarithms. Gradients reach
 * every example that made noise for another.
 * @param centre f [B, D].
 * @param logScale log s [B, D].
 * @param indices Indices of examples [B, terms].
 * @returns [B, D].
 */
export function echoNoise(centre: Tensor, logScale: Tensor, indices: Tensor): Tensor {
  const [batch, dimensions] = centre.shape as [number, number];
  const terms = indices.shape[1]!;
  // Picked by a product with zeros and ones, whose adjoint is one too: index and all, it is the smallest part of a step.
  const rows = reshape(transpose(indices), [terms * batch, 1]);
  const picked = matMul(choiceOf(rows, batch), concat([logScale, centre], 1));
  const byTerm = (from: number) =>
    reshape(slice(picked, 1, from, from + dimensions), [terms, batch * dimensions]);
  const before = constant(
    Float32Array.from({ length: terms * terms }, (_, i) => (i % terms < Math.floor(i / terms) ? 1 : 0)),
    [terms, terms],
  );
  const faded = exp(matMul(before, byTerm(0)));
  return reshape(sumOver(multiply(faded, byTerm(dimensions)), [0]), [batch, dimensions]);
}
