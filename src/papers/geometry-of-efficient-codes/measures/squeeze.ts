import { distortionMatrix } from "../../../geometry/index.js";
import { positionLabels } from "../classes.js";
import { MODEL_NAMES, type ModelName } from "../recipe.js";
import { type Atlas, codeOf } from "./atlas.js";
import { indicesBetween, type MeasuredIndex, measured } from "./indices.js";

/** What a low capacity did to the code that the same model with the same seed has at a high one (rule G16). */
export interface Squeeze {
  readonly model: ModelName;
  readonly seed: number;
  readonly lowNats: number;
  readonly highNats: number;
  /** Mean distortion ratio over all pairs of stimuli (rule G4); below 1 the code drew together. */
  readonly meanRatio: number;
  /** Of positions: above 0, images of the same positions drew together more than images of others did (rule G11). */
  readonly prototypization: MeasuredIndex;
}

/** The capacities that the paper calls low and high, in nats. */
const [LOW_NATS, HIGH_NATS] = [0.3, 10];

/**
 * The squeeze of every model and seed that has both codes (rule G16). Specialization and orthogonalization are left out: nothing
 * tells one pair of positions from another here, and positions span the whole code, which leaves no direction over.
 */
export function squeezes(atlas: Atlas, resamples?: number): Squeeze[] {
  const labels = positionLabels(atlas.stimuli.positions);
  const seeds = [...new Set(atlas.codes.map(({ seed }) => seed))].sort((a, b) => a - b);
  return MODEL_NAMES.flatMap((model) =>
    seeds.flatMap((seed) => {
      const low = codeOf(atlas, { model, capacityNats: LOW_NATS, seed });
      const high = codeOf(atlas, { model, capacityNats: HIGH_NATS, seed });
      if (!low || !high) return [];
      return [
        {
          ...{ model, seed, lowNats: LOW_NATS, highNats: HIGH_NATS },
          meanRatio: distortionMatrix(low.points, high.points, labels).ratio.mean,
          prototypization: measured(
            indicesBetween(low.points, high.points, labels, resamples).prototypization,
          ),
        },
      ];
    }),
  );
}
