import { exp, multiply, negate, softplus, subtract } from "../../tensor/operations/elementwise.js";
import { reshape } from "../../tensor/operations/layout.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { logSoftmax } from "../../tensor/operations/softmax.js";
import type { Tensor } from "../../tensor/tensor.js";

/**
 * Cross-entropy in nats of each image [B]. One output stands for the log-odds of class 1 (rule L5), several for the
 * classes' logits (rule L6).
 * @param outputs [B, K] before any squashing.
 * @param targets [B, K]: for one output 0 or 1, for several a one in the column of the class.
 */
export function crossEntropy(outputs: Tensor, targets: Tensor): Tensor {
  const [batch, count] = outputs.shape as [number, number];
  if (count === 1) return reshape(subtract(softplus(outputs), multiply(targets, outputs)), [batch]);
  return negate(sumOver(multiply(targets, logSoftmax(outputs)), [1]));
}

/**
 * The cross-entropy of probabilities taken for logits (rule L7): the softmax is applied twice, as the authors' code
 * does for several classes, so that even a perfect answer costs log(e + K - 1) - 1 nats. One output is as in L5.
 */
export function doubleSoftmax(outputs: Tensor, targets: Tensor): Tensor {
  return outputs.shape[1] === 1
    ? crossEntropy(outputs, targets)
    : crossEntropy(exp(logSoftmax(outputs)), targets);
}
