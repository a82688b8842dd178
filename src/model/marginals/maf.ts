import { applyFlow, flowSchema, invertFlow } from "../../nn/flow.js";
import { definePart } from "../part.js";
import { standardNormalLogDensity } from "./standard-normal.js";

/**
 * A masked autoregressive flow of shifts (Papamakarios et al. 2017; "Exact rate-distortion", spec section 2.5): m(z) is the
 * standard normal density of what the flow makes of z. Drawing from it undoes the flow dimension by dimension.
 */
export const mafMarginal = definePart({
  kind: "marginal",
  type: "maf",
  about: "a masked autoregressive flow that is learnt",
  settings: flowSchema.shape,
  make: (flow) => ({
    prices: "code",
    logDensity: (scope, code) => standardNormalLogDensity(applyFlow(scope.in("flow"), code, flow)),
    sample: (scope, count, dimensions) =>
      invertFlow(scope.in("flow"), scope.noise("sample", [count, dimensions]), flow),
  }),
});
