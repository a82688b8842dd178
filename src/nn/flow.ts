import * as z from "zod";
import { add, subtract } from "../tensor/operations/elementwise.js";
import { gather } from "../tensor/operations/gather.js";
import { constant, type Tensor } from "../tensor/tensor.js";
import { made } from "./made.js";
import { extentSchema, widthSchema } from "./parameters.js";
import type { Scope } from "./scope.js";

/**
 * An autoregressive flow of shifts alone; the defaults are those of "Exact rate-distortion in autoencoders
 * via Echo noise" (rule R5).
 */
export const flowSchema = z.strictObject({
  steps: extentSchema
    .default(4)
    .describe(
      "how often dimensions are shifted by what the dimensions before them say; between two, their order is turned round",
    ),
  hidden: z
    .array(widthSchema)
    .min(1)
    .default([640, 640, 640])
    .describe("units of each hidden layer of a step's network"),
});

/** Settings of a flow as validated. */
export type FlowSettings = z.output<typeof flowSchema>;

/**
 * An autoregressive flow of shifts (rule R5): each step subtracts from every dimension a shift that rests on
 * those before it. Volumes stay as they are: log |det| = 0.
 * @param scope where its weights are.
 * @param x [B, D].
 * @param settings number of steps, and layers of each.
 * @returns [B, D].
 */
export function applyFlow(scope: Scope, x: Tensor, { steps, hidden }: FlowSettings): Tensor {
  let values = x;
  for (let step = 0; step < steps; step++) {
    values = subtract(values, made(scope.in(step), values, hidden));
    if (step < steps - 1) values = turned(values);
  }
  return values;
}

/**
 * The inverse of {@link applyFlow}. A step is undone dimension by dimension: after as many passes as there
 * are dimensions every one rests on true values alone.
 * @param scope where its weights are.
 * @param y [B, D], as {@link applyFlow} gives it under the same names of the scope.
 * @param settings as of {@link applyFlow}.
 * @returns [B, D].
 */
export function invertFlow(scope: Scope, y: Tensor, { steps, hidden }: FlowSettings): Tensor {
  let values = y;
  for (let step = steps - 1; step >= 0; step--) {
    if (step < steps - 1) values = turned(values);
    const shifted = values;
    let found: Tensor = constant(0, values.shape);
    for (let pass = 0; pass < values.shape[1]!; pass++) {
      found = add(shifted, made(scope.in(step), found, hidden));
    }
    values = found;
  }
  return values;
}

/** The dimensions in the opposite order. */
function turned(x: Tensor): Tensor {
  const extent = x.shape[1]!;
  const positions = Int32Array.from({ length: extent }, (_, i) => extent - 1 - i);
  return gather(x, 1, { shape: [extent], positions });
}
