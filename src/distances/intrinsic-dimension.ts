import {
  type Decimation,
  type DimensionEstimate,
  type EstimatorOptions,
  type Gride,
  grideScan,
  levinaBickel,
  type NeighbourDistances,
  overSubsets,
  randomSubsets,
  type SubsetPlan,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../geometry/intrinsic-dimension/index.js";
import type { Rows } from "../geometry/neighbours/index.js";
import { nearestNeighbours } from "./nearest-neighbours.js";
import { type PhaseOptions, phaseOf } from "./pairs.js";
import { pickPrepared, prepareRows } from "./prepared.js";

/** Settings of the estimators; each method reads its own. */
export interface DimensionSettings extends EstimatorOptions {
  /** Share of the largest ratios that TwoNN's line leaves out. */
  readonly discard: number;
  /** Number of neighbours that are searched. */
  readonly neighbours: number;
}

/** An estimate, and between which neighbours where it is one of several scales. */
export type ScaleEstimate = DimensionEstimate & Partial<Pick<Gride, "n1" | "n2">>;

/** A method to estimate an intrinsic dimension. */
export interface DimensionMethod {
  /** Rule of docs/definitions/intrinsic-dimension.md. */
  readonly definition: string;
  /** In words. */
  readonly label: (settings: DimensionSettings) => string;
  /** Number of neighbours by default; all where there are fewer. */
  readonly usualNeighbours: number;
  /** The settings that it has: those of the line, the number of neighbours, or none. */
  readonly takes: readonly ("discard" | "k")[];
  /** Whether it gives one estimate for each of several scales. */
  readonly scales: boolean;
  /**
   * The estimates from neighbours, smallest scale first; what the estimator itself refuses is a UserError.
   */
  estimate(neighbours: NeighbourDistances, settings: DimensionSettings): readonly ScaleEstimate[];
}

const ONE = { takes: [], scales: false, usualNeighbours: 2 } as const;

/** The methods by name (rules N5 to N10). */
export const DIMENSION_METHODS = {
  twonn: {
    ...ONE,
    definition: "N5",
    label: ({ discard }) => `TwoNN, a line fitted to all but the largest ${100 * discard} % of the ratios`,
    takes: ["discard"],
    estimate: (neighbours, settings) => [twoNnFit(neighbours, settings)],
  },
  "twonn-ml": {
    ...ONE,
    definition: "N6",
    label: () => "TwoNN, maximum likelihood",
    estimate: (neighbours, settings) => [twoNnMaximumLikelihood(neighbours, settings)],
  },
  "twonn-bayes": {
    ...ONE,
    definition: "N7",
    label: () => "TwoNN, posterior mean under Gamma(2, 5)",
    estimate: (neighbours, settings) => [twoNnBayes(neighbours, settings)],
  },
  gride: {
    definition: "N9",
    label: () => "GRIDE over scales",
    usualNeighbours: 64,
    takes: ["k"],
    scales: true,
    estimate: (neighbours, settings) => grideScan(neighbours, { ...settings, rangeMax: settings.neighbours }),
  },
  mle: {
    ...ONE,
    definition: "N10",
    label: ({ neighbours }) => `Levina and Bickel, ${neighbours} neighbours, inverse mean`,
    usualNeighbours: 20,
    takes: ["k"],
    estimate: (neighbours, settings) => [levinaBickel(neighbours, settings)],
  },
} as const satisfies Record<string, DimensionMethod>;

/** Which rows are searched, and on which subsets the dimension is estimated too. */
export interface DimensionOptions extends PhaseOptions {
  /** Rows whose neighbours are searched among all; every row by default. */
  readonly queries?: Int32Array | undefined;
  /** Of the subsets that are drawn (rule N12). */
  readonly subsets?: { readonly plans: readonly SubsetPlan[]; readonly seed: number };
}

/** The dimension of points: one estimate, or one a scale; and of subsets of them. */
export interface IntrinsicDimension {
  /** Of all points: one, or one for each scale, the smallest first. */
  readonly estimates: readonly ScaleEstimate[];
  /** Of subsets, one entry for each plan that was asked for (rule N12). */
  readonly decimation: readonly (SubsetPlan & Decimation)[];
}

/**
 * The intrinsic dimension of any number of points of any number of columns, from exact distances of nearest
 * neighbours (rules N4 to N15). Sources are those of the methods: Facco et al. 2017, Denti et al. 2022,
 * Levina and Bickel 2004.
 * @param rows [N, columns]; rows that repeat another have been dropped, or are left out by the settings'
 * policy.
 * @param method one of {@link DIMENSION_METHODS}.
 * @param settings of the method; what it does not have is ignored.
 * @param options the device, and which subsets are estimated too.
 * @throws UserError for fewer points than the method needs neighbours, and for subsets that there are not.
 */
export async function intrinsicDimension(
  rows: Rows,
  method: DimensionMethod,
  settings: DimensionSettings,
  { queries, subsets, ...options }: DimensionOptions,
): Promise<IntrinsicDimension> {
  const prepared = await prepareRows(rows, phaseOf("points", options));
  const search = { ...phaseOf("distances", options), queries };
  const all = await nearestNeighbours(prepared, settings.neighbours, search);
  const decimation: (SubsetPlan & Decimation)[] = [];
  for (const plan of subsets?.plans ?? []) {
    const estimates: ScaleEstimate[] = [];
    const neighbours = Math.min(settings.neighbours, plan.size - 1);
    for (const [place, subset] of randomSubsets(rows.count, plan, subsets!.seed).entries()) {
      const shown = `${plan.size} points, subset ${place + 1} of ${plan.subsets}`;
      const picked = pickPrepared(prepared, subset);
      const within = await nearestNeighbours(picked, neighbours, phaseOf(shown, options));
      estimates.push(...method.estimate(within, { ...settings, neighbours }));
    }
    decimation.push({ ...plan, ...overSubsets(estimates) });
  }
  return { estimates: method.estimate(all, settings), decimation };
}
