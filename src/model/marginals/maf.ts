import { applyFlow, flowSchema, invertFlow } from "../../nn/flow.js";
import { definePart } from "../part.js";
import type { Marginal } from "../parts.js";
import { standardNormalLogDensity } from "./standard-normal.js";

/**
 * A masked autoregressive flow of shifts (Papamakarios et al. 2017; "Exact rate-distortion", spec section 2.5): m(z) is the
 * standard normal density of what the flow makes of z. Drawing from it undoes the flow dimension by dimension.
 */
export const mafMarginal = definePart(
  "maf",
  flowSchema.shape,
  (flow): Marginal => ({
    prices: "code",
    logDensity: (scope, code) => standardNormalLogDensity(applyFlow(scope.in("flow"), code, flow)),
    sample: (scope, count, dimensions) =>
      invertFlow(scope.in("flow"), scope.noise("sample", [count, dimensions]), flow),
  }),
);
