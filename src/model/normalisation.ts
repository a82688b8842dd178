import { z } from "zod";
import { batchNormalisation } from "../nn/batch-normalisation.js";
import type { Scope } from "../nn/scope.js";
import type { Tensor } from "../tensor/tensor.js";

/** What a configuration says of what lies between a layer and its rectifier. */
export const normalisation = {
  /** Each column over its standard deviation in the batch, or, when not training, in the batches seen (rule A8). */
  normalise: z.enum(["batch"]).optional(),
};

/** A layer's output as its rectifier gets it. */
export function normalised(scope: Scope, x: Tensor, normalise: "batch" | undefined): Tensor {
  return normalise ? batchNormalisation(scope.in("normalisation"), x) : x;
}
