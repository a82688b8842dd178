import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Neighbours, nearestNeighbours, type Points, toPoints } from "../../../src/geometry/index.js";

/** A value that may be undefined: "nan", "inf" and null are no numbers. */
type Value = number | string | null;

interface TwoNnValue {
  readonly dadapy: Value;
  readonly scale: number;
  readonly ref_closed_form: Value;
}

interface Dataset {
  readonly count: number;
  readonly dimension: number;
  readonly coordinates: readonly number[];
  readonly neighbours: { readonly distances: number[][]; readonly indices: number[][] };
  readonly twonn: {
    readonly "fit_0.9": TwoNnValue;
    readonly "fit_0.95": TwoNnValue;
    readonly "fit_0.5": TwoNnValue;
    readonly ml: { readonly ref: Value };
    readonly bayes_gamma_alpha2_beta5: { readonly mean: Value; readonly std: Value };
    readonly n_mu_eq_1?: number;
    readonly n_nonfinite_mu?: number;
  };
  readonly gride: {
    readonly ranks_n2: number[];
    readonly ids: number[];
    readonly errs: number[];
    readonly scales: number[];
  };
  readonly grideGeneric?: { n1: number; n2: number; id_ref: number; err_ref: number }[];
  readonly levinaBickel?: Record<string, Record<string, number>>;
  readonly decimation?: { subsets: number[][]; ids: number[]; mean: number; err_std_over_sqrt_n: number };
}

const file = JSON.parse(readFileSync(join(import.meta.dirname, "datasets.golden.json"), "utf8"));

/** Ours: points, and what DADApy and an independent float64 reference made of them. */
export const golden: Record<string, Dataset> = file.datasets;

/** Sets without zero distances and with few ties: what estimators must reproduce. */
export const ordinary = ["cube2", "sphere2", "swissroll", "noisycurve", "tiny7"];

const cache = new Map<string, Neighbours>();

export function goldenPoints(name: string): Points {
  const { count, dimension, coordinates } = golden[name]!;
  return toPoints({ shape: [count, dimension], data: Float64Array.from(coordinates) }, name);
}

/** Up to 64 neighbours of every point. */
export function goldenNeighbours(name: string): Neighbours {
  const known = cache.get(name);
  if (known) return known;
  const points = goldenPoints(name);
  const found = nearestNeighbours(points, Math.min(64, points.count - 1));
  cache.set(name, found);
  return found;
}

/** How far a number lies from the one expected, as a share of it. */
export function relativeError(found: number, expected: Value): number {
  return typeof expected === "number" ? Math.abs(found / expected - 1) : Number.NaN;
}
