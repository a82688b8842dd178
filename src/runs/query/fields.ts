import { child, isMapping, valueAt } from "../../configuration/schema-walk.js";
import { UserError } from "../../errors.js";
import { nearest } from "../../given-names.js";
import type { SummarizedRun } from "../summary.js";

/** What a run has under a key; null where it has nothing there. */
export type FieldValue = string | number | boolean | null | readonly string[];

/** What every run is asked for by a word of its own; times are ISO 8601 in UTC, rates in nats. */
const FIELDS = {
  run: ({ name }) => name,
  status: ({ manifest }) => manifest.status,
  tags: ({ tags }) => tags,
  step: ({ summary }) => summary.step,
  steps: ({ summary }) => summary.totalSteps,
  epoch: ({ summary }) => summary.epoch,
  epochs: ({ summary }) => summary.epochs,
  target: ({ summary }) => summary.validation?.capacityNats,
  rate: ({ summary }) => summary.validation?.rateNats,
  gap: ({ summary }) => summary.validation?.capacityGapNats,
  distortion: ({ summary }) => summary.validation?.distortion,
  mse: ({ summary }) => summary.validation?.squaredErrorPerPixel,
  loss: ({ summary }) => summary.validation?.loss,
  device: ({ manifest }) => manifest.device,
  threads: ({ manifest }) => manifest.threads,
  time: ({ manifest }) => manifest.wallTimeSeconds,
  started: ({ manifest }) => manifest.startedAt ?? manifest.createdAt,
  finished: ({ manifest }) => manifest.finishedAt,
  // Nothing stands there for an autoencoder.
  model: ({ manifest }) => {
    const type = child(manifest.configuration.model, "type");
    return typeof type === "string" ? type : "autoencoder";
  },
  parameters: ({ manifest }) => manifest.parameterCount,
  dataset: ({ manifest }) => manifest.dataset?.name,
} satisfies Record<string, (run: SummarizedRun) => FieldValue | undefined>;

export type FieldName = keyof typeof FIELDS;

const FIELD_NAMES = Object.keys(FIELDS) as readonly FieldName[];

/** The fields that are times. */
export const TIME_FIELDS: ReadonlySet<string> = new Set<FieldName>(["started", "finished"]);

/** Other words for the same. */
const SYNONYMS: Readonly<Record<string, FieldName>> = { tag: "tags" };

/**
 * What a run has under a key: a field, a dotted key of its configuration (with or without the leading `model.`; a part, such as
 * `model.objective`, stands for its type), or a number of its newest evaluation by its name in the metrics, such as `rateBits`.
 */
export function fieldOf(run: SummarizedRun, key: string): FieldValue {
  const name = Object.hasOwn(SYNONYMS, key) ? SYNONYMS[key]! : key;
  if (Object.hasOwn(FIELDS, name)) return FIELDS[name as FieldName](run) ?? null;
  const { configuration } = run.manifest;
  const under = (place: unknown) => valueAt(place, key.split("."));
  const found = under(configuration) ?? under(configuration.model) ?? under(run.summary.validation);
  return found === undefined ? null : plainValue(found);
}

/** Whether at least one run can have something under a key. */
export function isField(runs: readonly SummarizedRun[], key: string): boolean {
  return (
    Object.hasOwn(SYNONYMS, key) ||
    Object.hasOwn(FIELDS, key) ||
    runs.some((run) => fieldOf(run, key) !== null)
  );
}

/** What to say of a key that no run has: the nearest of those that are known. */
export function unknownField(known: readonly string[], key: string, where: string): UserError {
  const near = nearest(key, known);
  return new UserError({
    where,
    what: `no run has ${key}${near === undefined ? "" : ` (did you mean ${near}?)`}`,
    remedy: `Known are ${FIELD_NAMES.join(", ")}, and the keys of the configuration, such as objective.capacity`,
  });
}

/** Every key under which runs have something: fields, and dotted keys with and without the leading `model.`. */
export function fieldKeys(runs: readonly SummarizedRun[]): Set<string> {
  const keys = new Set<string>(FIELD_NAMES);
  const collect = (value: unknown, prefix: string) => {
    if (!isMapping(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      keys.add(prefix + key);
      collect(inner, `${prefix}${key}.`);
    }
  };
  for (const { manifest, summary } of runs) {
    collect(manifest.configuration, "");
    collect(manifest.configuration.model, "");
    collect(summary.validation, "");
  }
  return keys;
}

function plainValue(value: unknown): FieldValue {
  if (value === null || ["string", "number", "boolean"].includes(typeof value)) return value as FieldValue;
  const type = child(value, "type");
  return typeof type === "string" ? type : JSON.stringify(value);
}
