import * as z from "zod";
import { choiceOf, dense } from "../../nn/dense.js";
import { widthSchema } from "../../nn/parameters.js";
import type { Scope } from "../../nn/scope.js";
import {
  add,
  clip,
  exp,
  leakyRelu,
  log,
  multiply,
  negate,
  subtract,
} from "../../tensor/operations/elementwise.js";
import { reshape, slice, transpose } from "../../tensor/operations/layout.js";
import { matMul } from "../../tensor/operations/matmul.js";
import { mean } from "../../tensor/operations/reduce.js";
import { logSoftmax } from "../../tensor/operations/softmax.js";
import type { Tensor } from "../../tensor/tensor.js";
import { definePart } from "../part.js";

/** Probabilities that the discriminator is held to. */
const SURELY = 1e-6;

/**
 * Weight times the total correlation of the codes, estimated by a discriminator that learns to distinguish codes from codes whose
 * dimensions were shuffled over the batch, each by itself (FactorVAE, Kim and Mnih 2018; "Exact rate-distortion", spec section 5).
 */
export const totalCorrelationRegularizer = definePart({
  kind: "regularizer",
  type: "total-correlation",
  about: "total correlation of the code, estimated by a discriminator (FactorVAE)",
  settings: {
    weight: z.number().nonnegative().default(10).describe("its factor in the loss"),
    hidden: z
      .array(widthSchema)
      .min(1)
      .default([1000, 1000, 1000, 1000, 1000, 1000])
      .describe("units of each hidden layer of the discriminator"),
    learningRate: z.number().positive().default(1e-4).describe("learning rate of the discriminator"),
    beta1: z.number().min(0).lt(1).default(0.5),
    beta2: z.number().min(0).lt(1).default(0.999),
  },
  make: ({ weight, hidden, learningRate, beta1, beta2 }) => {
    /** Log-odds of the two answers, [rows, 2]: a code as it is, a shuffled one. */
    const answers = (scope: Scope, code: Tensor) => {
      const last = hidden.reduce((x, units, layer) => leakyRelu(dense(scope.in(layer), x, units), 0.2), code);
      return dense(scope.in(hidden.length), last, 2);
    };
    return {
      penalty(scope, code) {
        const given = answers(scope, code);
        return multiply(mean(subtract(slice(given, 1, 0, 1), slice(given, 1, 1, 2))), weight);
      },
      adversary: {
        loss(scope, code) {
          const sure = (rows: Tensor, answer: 0 | 1) => {
            const probability = exp(slice(logSoftmax(answers(scope, rows)), 1, answer, answer + 1));
            return mean(log(clip(probability, SURELY, 1 - SURELY)));
          };
          return negate(multiply(add(sure(code, 0), sure(shuffled(scope, code), 1)), 0.5));
        },
        optimizer: { beta1, beta2, epsilon: 1e-8, weightDecay: 0, decoupledWeightDecay: false },
        learningRate,
      },
    };
  },
});

/** Every dimension in an order of its own over the batch. */
function shuffled(scope: Scope, code: Tensor): Tensor {
  const [batch, dimensions] = code.shape as [number, number];
  const orders = scope.noise("orders", [dimensions, batch], { distinctBelow: batch });
  const choice = choiceOf(reshape(orders, [dimensions, batch, 1]), batch);
  const columns = reshape(transpose(code), [dimensions, batch, 1]);
  return transpose(reshape(matMul(choice, columns), [dimensions, batch]));
}
