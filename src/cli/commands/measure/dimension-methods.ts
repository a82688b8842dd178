import {
  type DimensionEstimate,
  type EstimatorOptions,
  type Gride,
  grideScan,
  levinaBickel,
  type NeighbourDistances,
  twoNnBayes,
  twoNnFit,
  twoNnMaximumLikelihood,
} from "../../../geometry/intrinsic-dimension/index.js";

/** Settings of the estimators; each method reads its own. */
export interface MethodSettings extends EstimatorOptions {
  readonly discard: number;
  /** Neighbours that are looked for. */
  readonly neighbours: number;
}

/** An estimate, and between which neighbours where it is one of several scales. */
export type ScaleEstimate = DimensionEstimate & Partial<Pick<Gride, "n1" | "n2">>;

/** A way to estimate a dimension: everything the command asks of it. */
export interface DimensionMethod {
  /** Rule of docs/definitions/intrinsic-dimension.md. */
  readonly definition: string;
  readonly label: (settings: MethodSettings) => string;
  /** Neighbours it looks for unless told, where there are so many. */
  readonly usualNeighbours: number;
  /** Which options are its own. */
  readonly takes: readonly ("discard" | "k")[];
  /** Whether it gives one estimate a scale instead of one. */
  readonly scales: boolean;
  estimate(neighbours: NeighbourDistances, settings: MethodSettings): readonly ScaleEstimate[];
}

export const DIMENSION_METHODS: Record<string, DimensionMethod> = {
  twonn: {
    definition: "N5",
    label: ({ discard }) => `TwoNN, a line fitted to all but the largest ${100 * discard} % of the ratios`,
    usualNeighbours: 2,
    takes: ["discard"],
    scales: false,
    estimate: (neighbours, settings) => [twoNnFit(neighbours, settings)],
  },
  "twonn-ml": {
    definition: "N6",
    label: () => "TwoNN, maximum likelihood",
    usualNeighbours: 2,
    takes: [],
    scales: false,
    estimate: (neighbours, settings) => [twoNnMaximumLikelihood(neighbours, settings)],
  },
  "twonn-bayes": {
    definition: "N7",
    label: () => "TwoNN, posterior mean under Gamma(2, 5)",
    usualNeighbours: 2,
    takes: [],
    scales: false,
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
    definition: "N10",
    label: ({ neighbours }) => `Levina and Bickel, ${neighbours} neighbours, inverse mean`,
    usualNeighbours: 20,
    takes: ["k"],
    scales: false,
    estimate: (neighbours, settings) => [levinaBickel(neighbours, settings)],
  },
};
