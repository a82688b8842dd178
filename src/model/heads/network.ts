import * as z from "zod";
import { dense } from "../../nn/dense.js";
import { widthSchema } from "../../nn/parameters.js";
import type { Scope } from "../../nn/scope.js";
import { leakyRelu, multiply } from "../../tensor/operations/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

/** The network of a head, from the code to one number a class. */
export const headNetworkSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("linear") }),
  z.strictObject({
    type: z.literal("hidden"),
    units: widthSchema.default(256),
    slope: z
      .number()
      .min(0)
      .max(1)
      .default(0.01)
      .describe("slope of the leaky rectifier; 1 leaves the layer linear, as the authors' binary heads are"),
    dropout: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe("share of hidden units that a training step leaves out"),
  }),
]);

/** Codes [B, D] -> numbers before any squashing [B, outputs]. */
export function headNetwork(
  scope: Scope,
  code: Tensor,
  outputs: number,
  settings: z.output<typeof headNetworkSchema>,
  phase: "training" | "evaluation",
): Tensor {
  if (settings.type === "linear") return dense(scope.in(0), code, outputs);
  const { units, slope, dropout } = settings;
  const hidden = dense(scope.in(0), code, units);
  const active = slope === 1 ? hidden : leakyRelu(hidden, slope);
  const kept = phase === "training" && dropout > 0 ? dropUnits(scope, active, dropout) : active;
  return dense(scope.in(1), kept, outputs);
}

/** Each number is zero with probability `share`, and what is kept is scaled up so that the mean stays. */
function dropUnits(scope: Scope, x: Tensor, share: number): Tensor {
  return multiply(x, scope.noise("dropout", x.shape, { dropout: share }));
}
