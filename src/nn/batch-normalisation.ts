import * as z from "zod";
import { composite } from "../tensor/operation.js";
import { addBias } from "../tensor/operations/bias.js";
import { byColumn, columnSums } from "../tensor/operations/columns.js";
import { add, divide, multiply, sqrt, square, subtract } from "../tensor/operations/elementwise.js";
import type { Tensor } from "../tensor/tensor.js";
import { ones, zeros } from "./initialise.js";
import type { Scope } from "./scope.js";

/** Added to variances; and the share of a batch in the running statistics. What PyTorch and the paper's code have. */
const EPSILON = 1e-5;
const MOMENTUM = 0.1;

/**
 * Batch normalisation (Ioffe and Szegedy 2015; rule A8): each column of x [rows, columns] minus its mean, over its standard deviation,
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
    return addBias(byColumn(multiply, x, slope), subtract(bias, multiply(runningMean, slope)));
  }
  const rows = x.shape[0]!;
  const mean = multiply(columnSums(x), 1 / rows);
  const centred = byColumn(subtract, x, mean);
  const variance = multiply(columnSums(square(centred)), 1 / rows);
  const follow = (before: Tensor, batch: Tensor, factor = 1) =>
    add(multiply(before, 1 - MOMENTUM), multiply(batch, MOMENTUM * factor));
  scope.keep("runningMean", follow(runningMean, mean));
  // A single row has no variance: its 0 is kept as it is.
  scope.keep("runningVariance", follow(runningVariance, variance, rows / Math.max(1, rows - 1)));
  const deviation = sqrt(add(variance, EPSILON));
  const slope = divide(weight, deviation);
  const lowered = addBias(byColumn(multiply, centred, slope), bias);
  // Mean and variance follow from x too. Written out, the gradient takes four passes over x where the chain rule by pieces takes twelve.
  return composite("batchNormalisation", [x, weight, bias], lowered, (gradient) => {
    const ofBias = columnSums(gradient);
    const ofWeight = divide(columnSums(multiply(gradient, centred)), deviation);
    const along = divide(multiply(ofWeight, slope), multiply(deviation, rows));
    const ofX = subtract(byColumn(multiply, gradient, slope), byColumn(multiply, centred, along));
    return [byColumn(subtract, ofX, multiply(multiply(ofBias, slope), 1 / rows)), ofWeight, ofBias];
  });
}

/** What a configuration says of what lies between a layer and its rectifier. */
export const normalisation = {
  normalise: z
    .enum(["batch"])
    .optional()
    .describe(
      "each column over its standard deviation in the batch, or, when not training, in the batches seen (rule A8)",
    ),
};

/** A layer's output as its rectifier gets it. */
export function normalised(scope: Scope, x: Tensor, normalise: "batch" | undefined): Tensor {
  return normalise ? batchNormalisation(scope.in("normalisation"), x) : x;
}
