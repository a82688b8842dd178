import type { Points } from "../../geometry/index.js";
import type { ModelName } from "./recipe.js";
import type { Stimuli } from "./stimuli.js";

/** A trained model's code for the stimuli of an {@link Atlas}. */
export interface ModelCode {
  readonly model: ModelName;
  readonly capacityNats: number;
  readonly seed: number;
  /** Centres of the code, [stimuli, D]. */
  readonly points: Points;
}

/** The codes of many models for the very same stimuli: all that the paper's maps, curves and matrices are drawn from. */
export interface Atlas {
  readonly stimuli: Stimuli;
  readonly codes: readonly ModelCode[];
}

/** The code of a model; undefined where it was not trained. */
export function codeOf(
  { codes }: Atlas,
  wanted: Pick<ModelCode, "model" | "capacityNats" | "seed">,
): ModelCode | undefined {
  return codes.find(
    ({ model, capacityNats, seed }) =>
      model === wanted.model && capacityNats === wanted.capacityNats && seed === wanted.seed,
  );
}
