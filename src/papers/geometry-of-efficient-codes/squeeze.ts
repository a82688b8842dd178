import { distortionMatrix } from "../../geometry/index.js";
import { type Atlas, codeOf } from "./atlas.js";
import { indicesBetween, type MeasuredIndex, measured } from "./code-indices.js";
import { positionLabels } from "./panels/classes.js";
import { MODEL_NAMES, type ModelName } from "./recipe.js";

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
const SQUEEZE_NATS = { low: 0.3, high: 10 } as const;

/** Mean distortion ratio of a model's code at low against high capacity (rule G4); undefined where one is missing. */
export function squeezeRatio(atlas: Atlas, model: ModelName, seed: number): number | undefined {
  const [low, high] = pair(atlas, model, seed);
  return (
    low &&
    high &&
    distortionMatrix(low.points, high.points, positionLabels(atlas.stimuli.positions)).ratio.mean
  );
}

/**
 * The squeeze of every model and seed that has both codes (rule G16). Specialization and orthogonalization are left out: nothing
 * tells one pair of positions from another here, and positions span the whole code, which leaves no direction over.
 */
export function squeezes(atlas: Atlas, resamples?: number): Squeeze[] {
  const labels = positionLabels(atlas.stimuli.positions);
  const seeds = [...new Set(atlas.codes.map(({ seed }) => seed))].sort((a, b) => a - b);
  return MODEL_NAMES.flatMap((model) =>
    seeds.flatMap((seed) => {
      const [low, high] = pair(atlas, model, seed);
      if (!low || !high) return [];
      const { prototypization } = indicesBetween(low.points, high.points, labels, resamples);
      return [
        {
          model,
          seed,
          lowNats: SQUEEZE_NATS.low,
          highNats: SQUEEZE_NATS.high,
          meanRatio: distortionMatrix(low.points, high.points, labels).ratio.mean,
          prototypization: measured(prototypization),
        },
      ];
    }),
  );
}

function pair(atlas: Atlas, model: ModelName, seed: number) {
  return [SQUEEZE_NATS.low, SQUEEZE_NATS.high].map((capacityNats) =>
    codeOf(atlas, { model, capacityNats, seed }),
  );
}
