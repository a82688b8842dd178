import { compareText } from "../collections.js";
import { sha256 } from "../files/sha256.js";
import { isMapping } from "./schema-walk.js";

/** A setting on which two configurations differ; undefined where one has no such setting. */
export interface Difference {
  /** Dotted path, such as `model.objective.capacity`. */
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The settings on which two resolved configurations differ, ordered by key. Lists count as one setting. Two
 * configurations without a difference train alike. They may be of earlier versions.
 */
export function compareConfigurations(before: object, after: object): Difference[] {
  const olds = settingsOf(fromEarlierVersion(before));
  const news = settingsOf(fromEarlierVersion(after));
  return [...new Set([...olds.keys(), ...news.keys()])]
    .filter((key) => JSON.stringify(olds.get(key)) !== JSON.stringify(news.get(key)))
    .sort()
    .map((key) => ({ key, before: olds.get(key), after: news.get(key) }));
}

/** The same for two configurations without a difference, and for no others: 16 hexadecimal digits. */
export function configurationKey(configuration: object): string {
  const settings = [...settingsOf(fromEarlierVersion(configuration))].filter(
    ([, value]) => value !== undefined,
  );
  const sorted = settings.sort(([a], [b]) => compareText(a, b));
  return sha256(JSON.stringify(sorted)).slice(0, 16);
}

/**
 * One line for a difference: `model.objective.capacity: 10 -> 3`.
 * @param difference one of {@link compareConfigurations}.
 */
export function showDifference({ key, before, after }: Difference): string {
  const show = (value: unknown) => (value === undefined ? "(not set)" : JSON.stringify(value));
  return `${key}: ${show(before)} -> ${show(after)}`;
}

/** What holds where nothing is said, and is not written then: saying it makes no difference. */
const UNSAID: ReadonlyMap<string, unknown> = new Map([
  ["model.type", "autoencoder"],
  ["split.order", "given"],
]);

/** Every setting by its dotted path; an empty mapping counts as one, so that it differs from none. */
function settingsOf(value: object, prefix = ""): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
      isMapping(inner) && Object.keys(inner).length > 0
        ? [...settingsOf(inner, `${prefix}${key}.`)]
        : UNSAID.get(prefix + key) === inner && inner !== undefined
          ? []
          : [[prefix + key, inner]],
    ),
  );
}

/**
 * A configuration from the manifest of an earlier version as one of this version: what that version took for granted is
 * written out. One of this version stays as it is.
 */
export function fromEarlierVersion<Given extends object>(configuration: Given): Given {
  const { training } = configuration as { training?: unknown };
  if (!isMapping(training) || training.evaluationBatchSize === undefined) return configuration;
  // There was one batch size for all of an evaluation.
  const metricBatchSize = training.metricBatchSize ?? training.evaluationBatchSize;
  return { ...configuration, training: { ...training, metricBatchSize } };
}
