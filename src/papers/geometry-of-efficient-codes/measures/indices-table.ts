import { holm, mean, spread, studentInterval, twoSidedNormal } from "../../../statistics.js";
import { type ClassedModel, comparedBy, hasClasses } from "../classes.js";
import { CAPACITIES_NATS, MODEL_NAMES } from "../recipe.js";
import type { Atlas } from "./atlas.js";
import { type CodeIndices, codeIndices, type MeasuredIndex } from "./indices.js";

export const INDEX_NAMES = [
  "prototypization",
  "specialization",
  "orthogonalization",
  "factorization",
] as const;

export type IndexName = (typeof INDEX_NAMES)[number];

/** Which side of 0 an index is said to lie on (rule G15). */
export type IndexVerdict = "above 0" | "below 0" | "not significant" | "undefined";

/** A distortion index over seeds, with its verdict (rule G15). */
export interface IndexOverSeeds {
  readonly seeds: readonly (MeasuredIndex & { readonly seed: number })[];
  readonly mean: number;
  /** Standard deviation over seeds; null for one seed. */
  readonly standardDeviation: number | null;
  /** Student's t interval of the mean over seeds (rule G15); null for one seed. */
  readonly seedInterval: readonly [low: number, high: number] | null;
  /** The probability of such an index by chance of the stimuli, of the seed where it is largest; NaN where undefined. */
  readonly probability: number;
  /** The same for the whole table as a family of tests (Holm). */
  readonly adjustedProbability: number;
  readonly verdict: IndexVerdict;
}

/**
 * The distortion indices of a model at a capacity, in the classes of one task (rules G11 to G13, G15 and
 * G19).
 */
export interface IndicesRow {
  readonly model: ClassedModel;
  readonly capacityNats: number;
  /** The model whose classes they are: the same model, or for E2M5 that of one of its tasks. */
  readonly classesOf: ClassedModel;
  /** The rule that made the classes. */
  readonly rule: string;
  readonly prototypization: IndexOverSeeds;
  /** That of one class: class 1 of two, or of more the class whose mean over seeds lies furthest from 0. */
  readonly specialization: IndexOverSeeds & {
    readonly ofClass: number;
    readonly className: string;
    readonly classes: number;
  };
  readonly orthogonalization: IndexOverSeeds;
  readonly factorization: IndexOverSeeds;
}

/** Distortion indices of many codes against their Baselines, with probabilities adjusted for all tests together. */
export interface IndicesTable {
  readonly rows: readonly IndicesRow[];
  /** Tests that the adjusted probabilities answer for. */
  readonly family: number;
  /** The level below which an adjusted probability must lie; intervals have confidence 1 - level. */
  readonly level: number;
  /** Codes without a Baseline of the same capacity and seed, which are in no row. */
  readonly withoutBaseline: readonly string[];
}

const LEVEL = 0.05;

/**
 * The distortion indices of every model at every capacity against the Baseline of the same capacity and seed,
 * with intervals over stimuli and spread over seeds (rules G10 to G15 and G19). Some 0.8 s for each code of
 * 1,500 stimuli.
 * @param onCompared called after each code: number of codes done, and in total.
 * @throws UserError as `distortionIndices`, for stimuli whose positions put no two into one class.
 */
export function indicesTable(
  atlas: Atlas,
  {
    resamples,
    onCompared,
  }: {
    readonly resamples?: number;
    readonly onCompared?: (done: number, of: number) => void;
  } = {},
): IndicesTable {
  const codes = atlas.codes.filter(({ model }) => model !== "Baseline");
  const found = codes.map((code, k) => {
    const indices = codeIndices(atlas, code, resamples);
    onCompared?.(k + 1, codes.length);
    return indices;
  });
  const withoutBaseline = codes
    .filter((_, k) => found[k]!.length === 0)
    .map(({ model, capacityNats, seed }) => `${model} at ${capacityNats} nats, seed ${seed}`);
  return { ...tableOf(found.flat()), withoutBaseline };
}

/** The table of comparisons that are made already. */
export function tableOf(found: readonly CodeIndices[]): Omit<IndicesTable, "withoutBaseline"> {
  const capacities = [...new Set([...CAPACITIES_NATS, ...found.map(({ capacityNats }) => capacityNats)])];
  const groups = MODEL_NAMES.filter(hasClasses).flatMap((model) =>
    comparedBy(model).flatMap((whose) =>
      capacities
        .toSorted((a, b) => a - b)
        .map((capacity) =>
          found.filter(
            (one) => one.model === model && one.classesOf === whose && one.capacityNats === capacity,
          ),
        ),
    ),
  );
  return judged(groups.filter((group) => group.length > 0).map(rowOf));
}

/** Adjusts the probabilities of all rows together, and gives each index its verdict (rule G15). */
export function judged(unadjusted: readonly IndicesRow[]): Omit<IndicesTable, "withoutBaseline"> {
  const adjusted = holm(unadjusted.flatMap((row) => INDEX_NAMES.map((name) => row[name].probability)));
  const rows = unadjusted.map((row, r) => {
    const judgedIndex = (name: IndexName) =>
      judge(row[name], adjusted[r * INDEX_NAMES.length + INDEX_NAMES.indexOf(name)]!);
    return {
      ...row,
      prototypization: judgedIndex("prototypization"),
      specialization: { ...row.specialization, ...judgedIndex("specialization") },
      orthogonalization: judgedIndex("orthogonalization"),
      factorization: judgedIndex("factorization"),
    };
  });
  return { rows, family: adjusted.filter((probability) => !Number.isNaN(probability)).length, level: LEVEL };
}

function rowOf(group: readonly CodeIndices[]): IndicesRow {
  const { model, capacityNats, classesOf, rule, specialization } = group[0]!;
  const classes = specialization.length;
  const meanOf = (k: number) => Math.abs(mean(group.map((one) => one.specialization[k]!.value)));
  const ofClass =
    classes === 2
      ? 1
      : specialization.reduce(
          (best, _, k) => (meanOf(k) > meanOf(best) || Number.isNaN(meanOf(best)) ? k : best),
          0,
        );
  const over = (of: (one: CodeIndices) => MeasuredIndex, choices = 1) =>
    overSeeds(
      group.map((one) => ({ seed: one.seed, ...of(one) })),
      choices,
    );
  return {
    model,
    capacityNats,
    classesOf,
    rule,
    prototypization: over((one) => one.prototypization),
    specialization: {
      ...over((one) => one.specialization[ofClass]!, classes === 2 ? 1 : classes),
      ofClass,
      className: specialization[ofClass]!.className,
      classes,
    },
    orthogonalization: over((one) => one.orthogonalization),
    factorization: over((one) => one.factorization),
  };
}

/**
 * An index over seeds, not yet adjusted and without a verdict.
 * @param choices of how many numbers this one was chosen because it stands out.
 */
export function overSeeds(seeds: IndexOverSeeds["seeds"], choices = 1): IndexOverSeeds {
  const values = seeds.map(({ value }) => value);
  return {
    seeds,
    mean: mean(values),
    standardDeviation: spread(values),
    seedInterval: studentInterval(values, 1 - LEVEL / choices),
    probability: Math.max(...seeds.map((seed) => Math.min(1, choices * probabilityOf(seed)))),
    adjustedProbability: Number.NaN,
    verdict: "undefined",
  };
}

/** By the normal approximation: 200 resamples can tell no smaller probability than 1 of 200 by counting. */
function probabilityOf({ value, standardError }: MeasuredIndex): number {
  if (!Number.isFinite(value)) return Number.NaN;
  return value === 0 ? 1 : twoSidedNormal(value / standardError);
}

function judge(index: IndexOverSeeds, adjustedProbability: number): IndexOverSeeds {
  const beyond = (low: number, high: number) => (low > 0 ? 1 : high < 0 ? -1 : 0);
  const sides = new Set(index.seeds.map(({ low, high }) => beyond(low, high)));
  if (index.seedInterval) sides.add(beyond(...index.seedInterval));
  const [side] = sides.size === 1 && adjustedProbability < LEVEL ? sides : [0];
  return {
    ...index,
    adjustedProbability,
    verdict: Number.isNaN(adjustedProbability)
      ? "undefined"
      : side === 1
        ? "above 0"
        : side === -1
          ? "below 0"
          : "not significant",
  };
}
