import type { Atlas, ModelCode } from "../atlas.js";
import type { ModelName } from "../recipe.js";

/** The two codes of a model that the paper sets against each other. */
export interface ChosenCodes {
  readonly seed: number;
  /** Of the highest capacity there is. */
  readonly high: ModelCode;
  /** Of the lowest; undefined where there is one capacity only. */
  readonly low: ModelCode | undefined;
}

/**
 * The codes of a model at its highest and its lowest capacity, of the wanted seed, or where it has none of that seed, of
 * its lowest.
 * @returns undefined where the model was not trained.
 */
export function chosenCodes({ codes }: Atlas, model: ModelName, wantedSeed: number): ChosenCodes | undefined {
  const own = codes.filter((code) => code.model === model);
  const seeds = own.map(({ seed }) => seed);
  if (seeds.length === 0) return undefined;
  const seed = seeds.includes(wantedSeed) ? wantedSeed : Math.min(...seeds);
  const byCapacity = own.filter((code) => code.seed === seed).sort((a, b) => b.capacityNats - a.capacityNats);
  const low = byCapacity.length > 1 ? byCapacity.at(-1) : undefined;
  return { seed, high: byCapacity[0]!, low };
}
