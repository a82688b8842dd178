import { add, divide, multiply, sqrt, square, subtract } from "../tensor/operations/elementwise.js";
import { reshape } from "../tensor/operations/layout.js";
import { addBias, matMul } from "../tensor/operations/matmul.js";
import { constant, type Tensor } from "../tensor/tensor.js";
import { ones, zeros } from "./initialise.js";
import type { Scope } from "./scope.js";

/** Added to variances; and the share of a batch in the running statistics. What PyTorch and the paper's code have. */
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/**
 * Batch normalisation (Ioffe and Szegedy 2015; rule A8): each column of x [rows, columns] less its mean, over its standard deviation,
 * times a weight, and a bias added. Rows are images, or images and places of a map. In training mean and variance are the batch's (divisor: rows), and
 * running ones are kept (of the variance with divisor rows - 1); otherwise those are used, and each row goes its own way.
 */
export function batchNormalisation(scope: Scope, x: Tensor): Tensor {
  const columns = x.shape[1]!;
  const weight = scope.parameter("weight", [columns], ones);
  const bias = scope.parameter("bias", [columns], zeros);
  const runningMean = scope.statistic("runningMean", [columns], zeros);
  const runningVariance = scope.statistic("runningVariance", [columns], ones);
  if (!scope.learns) {
    const slope = divide(weight, sqrt(add(runningVariance, EPSILON)));
    return addBias(multiply(x, slope), subtract(bias, multiply(runningMean, slope)));
  }
  const mean = columnMeans(x);
  const centred = subtract(x, mean);
  const variance = columnMeans(square(centred));
  const rows = x.shape[0]!;
  const follow = (before: Tensor, batch: Tensor, factor = 1) =>
    add(multiply(before, 1 - MOMENTUM), multiply(reshape(batch, [columns]), MOMENTUM * factor));
  scope.keep("runningMean", follow(runningMean, mean));
  // Of a single row there is no variance to be told: its 0 is kept as it is.
  scope.keep("runningVariance", follow(runningVariance, variance, rows / Math.max(1, rows - 1)));
  return addBias(multiply(centred, divide(weight, sqrt(add(variance, EPSILON)))), bias);
}

/** Means over rows, [1, columns]: a product with a row of ones is several times faster than a sum. */
function columnMeans(x: Tensor): Tensor {
  const rows = x.shape[0]!;
  return matMul(constant(1 / rows, [1, rows]), x);
}
