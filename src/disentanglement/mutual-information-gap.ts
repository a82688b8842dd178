import { UserError } from "../errors.js";
import { assertSameCount, type Points } from "../geometry/points.js";
import { requireWhole } from "../geometry/range.js";
import type { NumericArray } from "../numeric-array.js";
import { drawRows } from "../random/stream.js";
import { equalWidthBins } from "./bins.js";
import { contingencyTable, entropyOfCounts, mutualInformationOfCounts } from "./discrete-information.js";
import { assertVarying, type Factors } from "./factors.js";

/** Samples that are drawn where nothing else is said, as in the reference. */
const MIG_SAMPLES = 10_000;
const MIG_BINS = 20;
/** More bins than this are no histogram of any code. */
const MAX_BINS = 65_536;

/** Bins and samples from which the mutual information gap is computed (rules M2 and M3). */
export interface MutualInformationGapOptions {
  /** Bins of each dimension of the code; 20 by default. */
  readonly bins?: number;
  /** Samples that are used, drawn without repetition where there are more; 10,000 by default. */
  readonly samples?: number;
  /** Of the drawing; 0 by default. */
  readonly seed?: number;
}

/** How much more information one dimension of a code has about a factor than any other. */
export interface FactorGap {
  /** Its name. */
  readonly factor: string;
  /** Information of the best dimension minus that of the second, over the factor's entropy: 0 to 1. */
  readonly gap: number;
  /** Entropy of the factor over the samples used. */
  readonly entropyNats: number;
  /** The most informative dimension, counted from 0. */
  readonly dimension: number;
  /** Information that it has about the factor (rule M2). */
  readonly informationNats: number;
  /** The second most informative dimension; undefined for a code of one dimension, with information 0. */
  readonly secondDimension: number | undefined;
  readonly secondInformationNats: number;
}

/** The mutual information gap of a code (rule M3). */
export interface MutualInformationGap {
  /** Mean gap over factors, without a unit: from 0, no factor has a dimension of its own, to 1. */
  readonly mig: number;
  readonly byFactor: readonly FactorGap[];
  /** [dimensions, factors], information of each dimension about each factor, in nats (rule M2). */
  readonly informationNats: NumericArray<Float64Array>;
  /** Samples that were used. */
  readonly samples: number;
  /** Bins of each dimension. */
  readonly bins: number;
}

/**
 * The rows that {@link mutualInformationGap} uses of `count` (rule M3): to encode only those.
 * @param samples as in its options; 10,000 by default.
 * @param seed as in its options; 0 by default.
 * @returns row numbers from 0; all of them where there are no more than `samples`.
 * @throws UserError for fewer than 2 samples.
 */
export function migRows(count: number, samples = MIG_SAMPLES, seed = 0): Uint32Array {
  requireWhole("MIG, samples", samples, 2);
  return drawRows(count, samples, seed, "mig samples");
}

/**
 * The mutual information gap of a code (rule M3): for each factor, how much more information the most
 * informative dimension has about it than the second, over the factor's entropy; then the mean over factors.
 * It does not hang on the order, sign, scale or position of the dimensions; turning a code lowers it.
 * Source: Chen et al., "Isolating sources of disentanglement in variational autoencoders" (2018); the
 * settings are those of disentanglement_lib (Locatello et al. 2019).
 * @param codes [samples, dimensions].
 * @param factors of the same samples.
 * @throws UserError when the two do not hold the same samples, for a factor that does not vary in the samples
 * drawn, and for options out of range.
 */
export function mutualInformationGap(
  codes: Points,
  factors: Factors,
  options: MutualInformationGapOptions = {},
): MutualInformationGap {
  const { bins = MIG_BINS, samples = MIG_SAMPLES, seed = 0 } = options;
  assertSameCount(codes, factors);
  assertVarying(factors);
  assertBins(bins);
  const rows = migRows(codes.count, samples, seed);
  const causes = factors.factors.map(({ name, values, valueIndex }) => {
    const chosen = rows.map((row) => valueIndex[row]);
    const counts = new Float64Array(values.length);
    for (const value of chosen) counts[value] += 1;
    return { name, size: values.length, chosen, entropyNats: entropyOfCounts(counts) };
  });
  const still = causes.find(({ entropyNats }) => !(entropyNats > 0));
  if (still) {
    throw new UserError({
      where: `${factors.name}, factor ${still.name}`,
      what: `it does not vary in the ${rows.length} samples drawn of ${codes.count}`,
      remedy: "Draw more samples, or leave this factor out",
    });
  }
  const data = new Float64Array(codes.dimension * causes.length);
  for (let d = 0; d < codes.dimension; d++) {
    const binned = equalWidthBins(codes, d, rows, bins);
    for (const [f, { chosen, size }] of causes.entries()) {
      data[d * causes.length + f] = mutualInformationOfCounts(contingencyTable(binned, bins, chosen, size));
    }
  }
  const byFactor = causes.map(({ name, entropyNats }, f) => {
    const informationNats = Array.from({ length: codes.dimension }, (_, d) => data[d * causes.length + f]);
    return gapOf(name, entropyNats, informationNats);
  });
  return {
    mig: byFactor.reduce((sum, { gap }) => sum + gap, 0) / byFactor.length,
    byFactor,
    informationNats: { shape: [codes.dimension, causes.length], data },
    samples: rows.length,
    bins,
  };
}

function gapOf(factor: string, entropyNats: number, informationNats: readonly number[]): FactorGap {
  const [best, second] = informationNats
    .map((_, d) => d)
    .sort((a, b) => informationNats[b] - informationNats[a] || a - b);
  const secondInformationNats = second === undefined ? 0 : informationNats[second];
  return {
    factor,
    gap: (informationNats[best] - secondInformationNats) / entropyNats,
    entropyNats,
    dimension: best,
    informationNats: informationNats[best],
    secondDimension: second,
    secondInformationNats,
  };
}

function assertBins(bins: number): void {
  requireWhole("MIG, bins", bins, 2);
  if (bins <= MAX_BINS) return;
  throw new UserError({
    where: "MIG, bins",
    what: `${bins} are more than ${MAX_BINS}`,
    remedy: "Give 20, for instance",
  });
}
