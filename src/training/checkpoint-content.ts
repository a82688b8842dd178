import * as z from "zod";
import { UserError } from "../errors.js";
import type { ParameterLayout } from "../nn/parameters.js";
import type { NumericArray } from "../numeric-array.js";
import type { Checkpoint, CheckpointContent } from "../runs/checkpoint-bytes.js";
import { sameShape } from "../tensor/shape.js";
import { freshState, STATE_VECTORS, type StateVector, type TrainingState } from "./state.js";

// In a checkpoint every parameter has its own name and shape, and the optimizer's vectors follow under
// `optimizer.<vector>.<name>`, so that other programs find the weights without knowing how Narrows lays them out.

const metadataSchema = z.object({
  step: z.coerce.number().int().nonnegative(),
  evaluations: z.coerce.number().int().nonnegative(),
  sinceLog: z.string(),
});

const sumsSchema = z.object({
  images: z.number(),
  // Whatever the model measures; nothing before the first step.
  sums: z.object({ headLosses: z.record(z.string(), z.number()).default({}) }).catchall(z.number()),
});

function keyOf(vector: StateVector, parameter: string): string {
  return vector === "parameters" ? parameter : `optimizer.${vector}.${parameter}`;
}

/**
 * A training state as arrays and text. The arrays are views of the state: write them before the next step.
 * @param vectors all by default. Its parameters alone are a third of it: enough to measure the model, but not to continue training.
 */
export function checkpointContent(
  state: TrainingState,
  layout: ParameterLayout,
  vectors: readonly StateVector[] = STATE_VECTORS,
): CheckpointContent {
  const tensors = new Map<string, NumericArray>();
  for (const vector of vectors) {
    const views = layout.views(state[vector]);
    for (const { name, shape } of layout.specs)
      tensors.set(keyOf(vector, name), { shape, data: views[name]! });
  }
  const [step, evaluations] = [String(state.step), String(state.evaluations)];
  return { tensors, metadata: { step, evaluations, sinceLog: JSON.stringify(state.sinceLog) } };
}

/**
 * The training state in a checkpoint. Without the optimizer's vectors (an imported model) they are zero.
 * @throws UserError when a parameter is missing or has another shape: the checkpoint is of another model.
 */
export function stateFromCheckpoint(checkpoint: Checkpoint, layout: ParameterLayout): TrainingState {
  const state = freshState(new Float32Array(layout.size));
  const metadata = metadataSchema.safeParse(checkpoint.metadata);
  if (!metadata.success) throw misfit(checkpoint, "it has no training state");
  state.step = metadata.data.step;
  state.evaluations = metadata.data.evaluations;
  state.sinceLog = sumsSchema.parse(JSON.parse(metadata.data.sinceLog));
  for (const vector of STATE_VECTORS) {
    const views = layout.views(state[vector]);
    for (const { name, shape } of layout.specs) {
      const key = keyOf(vector, name);
      const stored = checkpoint.tensors.get(key);
      if (!stored && vector !== "parameters") continue;
      if (!stored) throw misfit(checkpoint, `${key} is missing`);
      if (!sameShape(stored.shape, shape)) {
        throw misfit(checkpoint, `${key} has shape [${stored.shape}], the model needs [${shape}]`);
      }
      views[name]!.set(stored.data);
    }
  }
  return state;
}

function misfit({ path }: Checkpoint, what: string): UserError {
  return new UserError({ where: path, what, remedy: "Use a checkpoint of this model" });
}
