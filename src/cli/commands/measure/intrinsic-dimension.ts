import * as z from "zod";
import {
  DIMENSION_METHODS,
  type DimensionMethod,
  type DimensionSettings,
  type IntrinsicDimension,
  intrinsicDimension,
  type ScaleEstimate,
} from "../../../distances/index.js";
import { UserError } from "../../../errors.js";
import { decimationPlan, halvings } from "../../../geometry/intrinsic-dimension/index.js";
import type { Rows } from "../../../geometry/neighbours/index.js";
import { checked, choice, number, whole } from "../../../settings/index.js";
import { grouped, numberText } from "../../format.js";
import { warn } from "../../output.js";
import { right, tableLines } from "../../table.js";
import { codeMeasure } from "./code-measure.js";
import { applyPolicy, DUPLICATE_POLICIES } from "./duplicate-policy.js";
import { drawQueries, queriesSetting, searching, withNeighbours } from "./neighbour-search.js";

const METHODS = Object.keys(DIMENSION_METHODS) as (keyof typeof DIMENSION_METHODS)[];

/** Subsets of one share of the points, or ever smaller ones. */
const HALVINGS = "halvings";
const decimation = z.custom<number | typeof HALVINGS>(
  (value) => value === HALVINGS || (typeof value === "number" && value > 0 && value <= 1),
  `this is not a share between 0 and 1, nor ${HALVINGS}`,
);

export default codeMeasure({
  units: "dimensions; scale in units of the points",
  settings: {
    method: choice(METHODS, { about: "estimator", default: "twonn" }),
    discard: number({
      about: "twonn: share of the largest ratios that are not fitted",
      above: 0,
      maximum: 1,
      defaultText: "0.1",
    }),
    k: whole({
      about: "gride: furthest neighbour; mle: number of neighbours",
      minimum: 2,
      defaultText: "64 for gride, 20 for mle",
    }),
    duplicates: choice(DUPLICATE_POLICIES, {
      about: "rows that repeat an earlier one",
      default: "drop-points",
    }),
    ...queriesSetting,
    decimate: checked(decimation, {
      about: `also on random subsets of that share of the points; or ${HALVINGS}: on halves, quarters and so on`,
      placeholder: "share",
    }),
  },
  details: `
Methods: twonn (Facco et al. 2017: a line, fitted as DADApy does), twonn-ml (maximum likelihood), twonn-bayes, gride (Denti et
al. 2022, over scales), mle (Levina and Bickel). Distances are Euclidean and exact, for any number of points and columns.
Where points are few for their dimension every estimate is too low: report N with it, and look at --decimate ${HALVINGS}. The
standard error assumes independent points; the linked error counts that neighbours share distances, and is the one to trust.
Rules N1 to N15 of docs/definitions/intrinsic-dimension.md.`,
  examples: [
    "narrows measure intrinsic-dimension --codes Z.npy",
    "narrows measure intrinsic-dimension --codes layers.npz:l3 --method gride --json",
    `narrows measure intrinsic-dimension --codes Z.npy --queries 1000 --decimate ${HALVINGS}`,
    "narrows measure intrinsic-dimension my-vae --split test",
  ],
  async measure(codes, options) {
    const { method: name, discard, k, duplicates, decimate, seed } = options;
    const method: DimensionMethod = DIMENSION_METHODS[name];
    assertTaken(options, method);
    const { rows, repeated } = applyPolicy(withNeighbours(codes.rows()), duplicates);
    const settings: DimensionSettings = {
      name: codes.name,
      zeros: duplicates === "error" ? "error" : "drop-mu",
      discard: discard ?? 0.1,
      neighbours: k ?? Math.min(method.usualNeighbours, rows.count - 1),
    };
    const queries = drawQueries(rows, options.queries, seed);
    const found = await searching(options, (search) =>
      intrinsicDimension(rows, method, settings, {
        ...search,
        queries,
        subsets: { plans: plansOf(decimate, rows.count), seed },
      }),
    );
    warnOf(rows.name, found);
    const { estimates, decimation } = found;
    const dropped = duplicates === "drop-points" ? repeated : 0;
    return {
      json: {
        definition: method.definition,
        method: name,
        duplicates: { policy: duplicates, repeated, dropped },
        ...(method.takes.includes("discard") && { discard: settings.discard }),
        ...(method.takes.includes("k") && { k: settings.neighbours }),
        ...(method.scales ? { scales: estimates } : estimates[0]),
        points: rows.count,
        ...(decimation.length > 0 && { decimation }),
      },
      text: linesOf(found, method, settings, { rows, queries }),
    };
  },
});

function plansOf(decimate: number | typeof HALVINGS | undefined, count: number) {
  if (decimate === undefined) return [];
  if (decimate !== HALVINGS) return [decimationPlan(count, decimate)];
  // All points are measured in any case.
  return halvings(count).filter(({ subsets }) => subsets > 1);
}

/** Asserts that the method has the settings that are given. */
function assertTaken(
  given: {
    readonly method: string;
    readonly discard?: number;
    readonly k?: number;
    readonly decimate?: unknown;
  },
  { takes, scales }: DimensionMethod,
): void {
  const refuse = (option: string, what: string, remedy: string) => {
    throw new UserError({ where: `--${option}`, what: `the method ${given.method} ${what}`, remedy });
  };
  if (given.discard !== undefined && !takes.includes("discard"))
    refuse("discard", "fits no line, and discards nothing", "Leave it out, or use twonn");
  if (given.k !== undefined && !takes.includes("k"))
    refuse("k", "has 2 neighbours, always", "Leave it out, or use gride or mle");
  if (given.decimate !== undefined && scales)
    refuse("decimate", "has scales instead of subsets", "Leave it out, or use twonn");
}

/** Warns of what was left out or could not be estimated. */
function warnOf(name: string, { estimates, decimation }: IntrinsicDimension): void {
  for (const { n1, n2, zeroDistances, reason } of estimates) {
    const where = n1 === undefined ? name : `${name}, neighbours ${n1} and ${n2}`;
    if (zeroDistances > 0) warn(`${where}: ${grouped(zeroDistances)} distances are 0, and left out`);
    if (reason !== null) warn(`${where}: no dimension: ${reason}`);
  }
  for (const { size, subsets, dimensions } of decimation) {
    const without = dimensions.filter(Number.isNaN).length;
    if (without > 0)
      warn(
        `${name}: ${without} of ${subsets} subsets of ${grouped(size)} points have no dimension, and are left out`,
      );
  }
}

function linesOf(
  { estimates, decimation }: IntrinsicDimension,
  method: DimensionMethod,
  settings: DimensionSettings,
  { rows, queries }: { readonly rows: Rows; readonly queries: Int32Array | undefined },
): string[] {
  const searched = queries ? `${grouped(queries.length)} of ` : "";
  const cells = ({ n1, n2, dimension, standardError, linkedError, scale, tied }: ScaleEstimate) => [
    ...(method.scales ? [`${n1}, ${n2}`] : []),
    ...[dimension, standardError, linkedError ?? Number.NaN, scale].map(numberText),
    grouped(tied),
  ];
  const columns = ["dimension", "standard error", "linked error", "scale", "tied"];
  const subsets = decimation.map(({ size, subsets: drawn, dimension, standardError, scale }) => [
    grouped(size),
    grouped(drawn),
    ...[dimension, standardError, scale].map(numberText),
  ]);
  return [
    `${rows.name}: ${searched}${grouped(rows.count)} points of ${grouped(rows.dimension)} columns`,
    method.label(settings),
    "",
    ...tableLines([...(method.scales ? ["neighbours"] : []), ...columns].map(right), estimates.map(cells)),
    ...(subsets.length === 0
      ? []
      : [
          "",
          ...tableLines(["points", "subsets", "dimension", "standard error", "scale"].map(right), subsets),
        ]),
  ];
}
