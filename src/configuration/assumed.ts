import type { Configuration } from "./schema.js";
import { isMapping, type KeyPath, valueAt } from "./schema-walk.js";

/** The settings that matter most for a training, in the order in which they are reported. */
const REPORTED: readonly KeyPath[] = [
  ["data"],
  ["model", "encoder"],
  ["model", "channel"],
  ["model", "decoder"],
  ["model", "likelihood"],
  ["model", "objective"],
  ["optimizer", "learningRate"],
  ["optimizer", "schedule"],
  ["training", "epochs"],
  ["training", "batchSize"],
];

/**
 * Defaults that a configuration uses, each as `key value`; of parts their type and numbers.
 * @param given What files, presets and overrides say, without defaults.
 */
export function assumptionsOf(given: unknown, configuration: Configuration): string[] {
  return REPORTED.flatMap((path) => {
    const taken = valueAt(configuration, path);
    const isGiven = taken === undefined || valueAt(given, path) !== undefined;
    // An epoch has no meaning where steps are counted.
    if (isGiven || (path.at(-1) === "epochs" && configuration.training.steps !== undefined)) return [];
    return [`${path.at(-1)} ${plainWords(taken)}`];
  });
}

/** `capacity 10, gamma 200` for a part's numbers; lists and parts within are left out. */
function plainWords(value: unknown): string {
  if (!isMapping(value)) return String(value);
  const { type, ...settings } = value;
  const words = Object.entries(settings).flatMap(([key, set]) => {
    if (isMapping(set)) return type === undefined ? [`${key} (${plainWords(set)})`] : [];
    return typeof set === "number" || typeof set === "string" ? [`${key} ${set}`] : [];
  });
  return [...(type === undefined ? [] : [String(type)]), ...words].join(" ");
}
