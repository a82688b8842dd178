import { readArray } from "../../../data/arrays/index.js";
import { informationImbalance, toRows } from "../../../distances/index.js";
import { UserError } from "../../../errors.js";
import { assertSpaces, type Imbalance } from "../../../geometry/information-imbalance/index.js";
import { distinctRows, type Rows } from "../../../geometry/neighbours/index.js";
import { repeated, text, whole } from "../../../settings/index.js";
import { defineCommand } from "../../command/define.js";
import { computing, csv, csvArrays } from "../../command/groups.js";
import { grouped, numberText } from "../../format.js";
import { warn } from "../../output.js";
import { drawQueries, queriesSetting, searching, withNeighbours } from "./neighbour-search.js";

export default defineCommand({
  settings: {
    codes: repeated(text({ about: "", placeholder: "array" }), {
      about: "two spaces A and B for the same samples, one row per sample: give it twice",
      required: true,
      was: ["a", "b"],
    }),
    k: whole({ about: "number of neighbours of each sample", minimum: 1, default: 1 }),
    ...queriesSetting,
    seed: whole({ about: "seed of the random draw", minimum: 0, default: 0 }),
    ...computing,
    ...csv,
  },
  details: `
A -> B: 2/N times the mean rank, in B, of the nearest neighbours in A. Near 0, neighbours in A predict neighbours in B; 1 on
average where A has no information about B. Ranks are exact. Compare numbers of the same N and k only: the minimum is (k + 1)/N
(rules J1 to J4 of docs/definitions/information-imbalance.md).`,
  examples: [
    "narrows measure information-imbalance --codes Z.npy --codes X.npy",
    "narrows measure information-imbalance --codes layers.npz:l5 --codes layers.npz:l0 --k 10 --queries 1000 --json",
  ],
  async run({ codes, k, seed, queries: asked, ...options }) {
    const [a, b] = pair(codes, (reference) =>
      withNeighbours(toRows(readArray(reference, csvArrays(options)), reference)),
    );
    assertSpaces(a, b, k);
    const duplicates = { a: warnOfDuplicates(a), b: warnOfDuplicates(b) };
    const queries = drawQueries(a, asked, seed);
    const { aToB, bToA, symmetrised, relative } = await searching(options, (search) =>
      informationImbalance(a, b, { k, ...(queries && { queries }), ...search }),
    );
    return {
      json: {
        definition: "J1",
        units: "2/N times the mean rank",
        codes,
        aToB: aToB.imbalance,
        bToA: bToA.imbalance,
        standardErrors: { aToB: aToB.standardError, bToA: bToA.standardError },
        symmetrised,
        relative,
        rankSums: { aToB: aToB.rankSum, bToA: bToA.rankSum },
        k,
        samples: a.count,
        queries: aToB.queries,
        columns: { a: a.dimension, b: b.dimension },
        duplicates,
        ties: { aToB: aToB.ties, bToA: bToA.ties },
        ...(queries && { seed }),
      },
      text: [
        `information imbalance of ${queries ? `${grouped(queries.length)} of ` : ""}${grouped(a.count)} samples, ${k === 1 ? "nearest neighbours" : `${k} neighbours`}`,
        `A ${a.name}, ${grouped(a.dimension)} columns; B ${b.name}, ${grouped(b.dimension)} columns`,
        "",
        imbalanceLine("A -> B", aToB),
        imbalanceLine("B -> A", bToA),
        `both    ${numberText(symmetrised)} (sum / sqrt 2)`,
      ],
    };
  },
});

function pair<Space>(codes: readonly string[], read: (reference: string) => Space): readonly [Space, Space] {
  const [a, b, ...others] = codes;
  if (a !== undefined && b !== undefined && others.length === 0) return [read(a), read(b)];
  throw new UserError({
    where: codes.map((reference) => `--codes ${reference}`).join(" "),
    what: `${codes.length === 1 ? "one space is" : `${codes.length} spaces are`} given, and two are compared`,
    remedy: "Give --codes A.npy --codes B.npy",
  });
}

/** Says how many samples repeat an earlier one; returns their number. */
function warnOfDuplicates(rows: Rows): number {
  const { dropped } = distinctRows(rows);
  if (dropped > 0) {
    warn(
      `${rows.name}: ${grouped(dropped)} of ${grouped(rows.count)} samples repeat an earlier one; all are kept, equal distances in order of the rows`,
    );
  }
  return dropped;
}

function imbalanceLine(name: string, { imbalance, standardError, ties, queries }: Imbalance): string {
  const tied = ties
    ? `; ${grouped(ties)} of ${grouped(queries)} neighbours chosen among equally near ones`
    : "";
  return `${name}  ${numberText(imbalance)} ± ${numberText(standardError)}${tied}`;
}
